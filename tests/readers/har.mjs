// Validate a HAR file against the schemas of har-schema.
import { readFileSync } from "node:fs";
import { har } from "har-validator";

try {
  await har(JSON.parse(readFileSync(process.argv[2], "utf8")));
} catch (problem) {
  console.error(problem.errors);
  process.exit(1);
}
