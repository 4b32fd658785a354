import { messageOf } from "../../lint/finding.js";
import type { CheckedFile } from "./checked-file.js";
import { notePhrase, type NotCheckedEntry } from "../files/not-checked.js";
import { extentOf } from "./extent.js";
import { printable, printablePath } from "../terminal/printable.js";
import { ruleName } from "./rule-name.js";
import type { Summary } from "./tally.js";

/**
 * A report for those who show test results: each finding is a test that failed, and no finding a test that passed. What
 * was not checked is a test that was skipped, or one that could not run.
 */
export function junitReport(files: readonly CheckedFile[], { errors, warnings, notChecked }: Summary): string {
  const total = errors + warnings;
  const suites = files.map(({ name: path, findings }) => {
    const name = printablePath(path);
    const cases = findings.map((finding) => {
      const { severity } = finding;
      const { line, column } = extentOf(finding);
      const place = `${name}:${line}:${column}`;
      const attributes = { message: `${place} ${messageOf(finding)}`, type: severity };
      return element("testcase", { classname: ruleName(finding), name: place, file: name, line }, [
        element("failure", attributes, []),
      ]);
    });
    return element("testsuite", { name, tests: cases.length, failures: cases.length, errors: 0 }, cases);
  });
  const clean = element("testsuite", { name: "compose-networks", tests: 1, failures: 0, errors: 0 }, [
    element("testcase", { classname: "compose-networks", name: "no findings" }, []),
  ]);
  const troubles = notChecked.filter(({ isTrouble }) => isTrouble).length;
  const isClean = total === 0 && notChecked.length === 0;
  const tests = isClean ? 1 : total + notChecked.length;
  const whole = element("testsuites", { name: "compose-networks", tests, failures: total, errors: troubles }, [
    ...(isClean ? [clean] : suites),
    ...(notChecked.length > 0 ? [suiteOfNotChecked(notChecked, troubles)] : []),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${whole}`;
}

function suiteOfNotChecked(entries: readonly NotCheckedEntry[], errors: number): string {
  const cases = entries.map((entry) => {
    const outcome = element(entry.isTrouble ? "error" : "skipped", { message: notePhrase(entry) }, []);
    const file = printablePath(entry.file);
    return element("testcase", { classname: "compose-networks", name: file, file }, [outcome]);
  });
  const skipped = cases.length - errors;
  return element("testsuite", { name: "not checked", tests: cases.length, failures: 0, errors, skipped }, cases);
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, children: readonly string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(printable(String(value)))}"`);
  const start = `<${name}${list.join("")}`;
  if (children.length === 0) return `${start}/>\n`;
  return `${start}>\n${children.join("").replace(/^/gm, "  ").trimEnd()}\n</${name}>\n`;
}

/** Lone surrogates and the last two code points of the plane are no characters in XML, in whatever form. */
const NO_XML = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uFFFE\uFFFF]/g;

function escapeXml(text: string): string {
  return text
    .replace(NO_XML, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
