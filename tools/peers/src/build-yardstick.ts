import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const SOURCES = path.resolve(import.meta.dirname, "../yardstick");
const FLAGS = ["-std=c++20", "-O3", "-march=native", "-DNDEBUG"];

/** There is no C++ compiler to build the yardstick with. */
export class NoCompilerError extends Error {
  override readonly name = "NoCompilerError";
}

/** Where to build the yardstick and with what. */
export interface BuildYardstickOptions {
  /** Folder for the program; a new one is added whenever sources, compiler or processor change. */
  readonly outDir: string;
  /** Default g++. */
  readonly compiler?: string;
}

/** The built program. */
export interface BuiltYardstick {
  readonly program: string;
  /** First line that the compiler says of itself. */
  readonly compiler: string;
}

/**
 * Builds the C++ yardstick for this processor, unless that has been done.
 *
 * @throws {NoCompilerError} where the compiler is not installed
 */
export async function buildYardstick(options: BuildYardstickOptions): Promise<BuiltYardstick> {
  const command = options.compiler ?? "g++";
  const compiler = await compilerVersion(command);
  if (compiler === undefined) {
    throw new NoCompilerError(
      `The yardstick needs a C++20 compiler, and there is no ${command}. ` +
        "Install it (Debian, Ubuntu: apt-get install g++), or leave the yardstick out.",
    );
  }
  const files = (await readdir(SOURCES)).filter((file) => /\.[ch]pp$/.test(file)).sort();
  const hash = createHash("sha256");
  hash.update(JSON.stringify([compiler, FLAGS, os.cpus()[0]?.model]));
  for (const file of files) hash.update(file).update(await readFile(path.join(SOURCES, file)));
  const program = path.resolve(options.outDir, `yardstick-${hash.digest("hex").slice(0, 16)}`);
  if (!existsSync(program)) {
    await mkdir(options.outDir, { recursive: true });
    const units = files.filter((file) => file.endsWith(".cpp"));
    // Two builds at once must not run each other's half-written program.
    const unfinished = `${program}.${process.pid}.tmp`;
    await run(command, [...FLAGS, "-o", unfinished, ...units], { cwd: SOURCES });
    await rename(unfinished, program);
  }
  return { program, compiler };
}

/** What a compiler says of itself, or undefined where there is none. */
export async function compilerVersion(command = "g++"): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ["--version"]);
    return stdout.split("\n")[0];
  } catch {
    return undefined;
  }
}
