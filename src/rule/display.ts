export { cut, cutQuotes, printable } from "../compose/printable.js";
