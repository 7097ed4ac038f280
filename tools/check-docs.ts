/*
 * Type-checks every TypeScript example of the Markdown pages and docblocks, and checks that relative
 * links lead somewhere. Each example is compiled as a module of its own, as a reader would paste it.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const workDir = path.join(root, "out/check-docs");
const SKIPPED = new Set(["node_modules", "dist", "out", ".git", ".turbo"]);

interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

async function* filesBelow(directory: string): AsyncGenerator<string> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue;
    const full = path.join(directory, entry.name);
    if (entry.isDirectory()) yield* filesBelow(full);
    else yield full;
  }
}

/** Fenced `ts` blocks of a text; in docblocks the leading " * " is taken off. */
function examplesIn(file: string, text: string): Example[] {
  const isMarkdown = file.endsWith(".md");
  const examples: Example[] = [];
  let fence: { line: number; lines: string[] } | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = isMarkdown ? raw : raw.replace(/^\s*\* ?/, "");
    if (fence === undefined) {
      const opens = isMarkdown ? /^```ts\s*$/.test(line) : /^\s*\*/.test(raw) && line === "```ts";
      if (opens) fence = { line: index + 1, lines: [] };
    } else if (line.startsWith("```")) {
      examples.push({ file, line: fence.line, code: fence.lines.join("\n") });
      fence = undefined;
    } else fence.lines.push(line);
  }
  return examples;
}

function brokenLinks(file: string, text: string): string[] {
  const broken: string[] = [];
  for (const match of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)]*)?\)/g)) {
    const target = path.resolve(path.dirname(file), match[1]!);
    if (!existsSync(target)) broken.push(`${path.relative(root, file)}: no such file ${match[1]}`);
  }
  return broken;
}

const examples: Example[] = [];
const problems: string[] = [];
for await (const file of filesBelow(root)) {
  const isSource = /\/src\/.*\.ts$/.test(file);
  if (!file.endsWith(".md") && !isSource) continue;
  const text = await readFile(file, "utf8");
  examples.push(...examplesIn(file, text));
  if (file.endsWith(".md")) problems.push(...brokenLinks(file, text));
}

await rm(workDir, { recursive: true, force: true });
await mkdir(workDir, { recursive: true });
const byFile = new Map<string, Example>();
for (const [index, example] of examples.entries()) {
  const file = path.join(workDir, `example-${index}.ts`);
  // `export {}` makes a module of an example that imports nothing.
  await writeFile(file, `${example.code}\nexport {};\n`);
  byFile.set(file, example);
}
const base = ts.readConfigFile(path.join(root, "tsconfig.base.json"), (file) =>
  ts.sys.readFile(file),
);
const { options } = ts.parseJsonConfigFileContent(base.config, ts.sys, root);
const program = ts.createProgram([...byFile.keys()], {
  ...options,
  noUnusedLocals: false,
  types: ["node"],
});
for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const example = byFile.get(diagnostic.file?.fileName ?? "");
  if (example === undefined || diagnostic.file === undefined) {
    problems.push(message);
    continue;
  }
  const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
  problems.push(`${path.relative(root, example.file)}:${example.line + line + 1}: ${message}`);
}
for (const problem of problems) console.error(problem);
console.log(`${examples.length} examples compiled, ${problems.length} problems`);
if (problems.length > 0 || examples.length === 0) process.exitCode = 1;
