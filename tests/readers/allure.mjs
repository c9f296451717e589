// Print how many tests of a JUnit file Allure's reader takes for passed, failed and so on.
import { junitXml } from "@allurereport/reader";
import { PathResultFile } from "@allurereport/reader-api";

const counts = {};
const visitor = {
  visitTestResult: async ({ status }) => void (counts[status] = (counts[status] ?? 0) + 1),
  visitAttachmentFile: async () => {},
};
const isRead = await junitXml.read(visitor, new PathResultFile(process.argv[2]));
if (!isRead) throw new Error("Allure does not read it");
console.log(JSON.stringify(counts));
