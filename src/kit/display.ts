export { cut, cutQuotes, printable } from "./printable.js";
