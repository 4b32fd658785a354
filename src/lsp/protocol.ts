/**
 * The packages that speak the protocol. The build makes a file of its own of them, which only the language server loads:
 * no other run of the command reads a byte of it.
 */
export { createConnection } from "vscode-languageserver/node";
