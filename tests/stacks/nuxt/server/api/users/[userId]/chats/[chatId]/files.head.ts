export { default } from "./files.get";
