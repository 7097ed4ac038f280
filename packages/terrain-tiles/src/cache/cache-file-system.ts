import * as fs from "node:fs/promises";

/** What the cache asks of a file system. */
export interface CacheFileSystem {
  mkdir(directory: string): Promise<void>;
  /** Names in a directory. */
  readdir(directory: string): Promise<string[]>;
  readFile(file: string): Promise<Uint8Array>;
  rename(from: string, to: string): Promise<void>;
  stat(file: string): Promise<{ readonly sizeBytes: number; readonly mtimeMs: number }>;
  unlink(file: string): Promise<void>;
  /** Sets the time of the last change. */
  touch(file: string, atMs: number): Promise<void>;
  writeFile(file: string, bytes: Uint8Array | string): Promise<void>;
}

/** The file system of the platform. */
export const PLATFORM_FILE_SYSTEM: CacheFileSystem = {
  async mkdir(directory) {
    await fs.mkdir(directory, { recursive: true });
  },
  readdir: (directory) => fs.readdir(directory),
  readFile: (file) => fs.readFile(file),
  rename: (from, to) => fs.rename(from, to),
  async stat(file) {
    const { size, mtimeMs } = await fs.stat(file);
    return { sizeBytes: size, mtimeMs };
  },
  unlink: (file) => fs.unlink(file),
  touch: (file, atMs) => fs.utimes(file, atMs / 1000, atMs / 1000),
  // A file that already has the name of a temporary one belongs to somebody else.
  writeFile: (file, bytes) => fs.writeFile(file, bytes, { flag: "wx" }),
};

/** Turns "there is no such file" into `undefined`; other failures stay. */
export async function ifPresent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** Removes a file; `false` when it was gone already. */
export async function removeFile(fileSystem: CacheFileSystem, file: string): Promise<boolean> {
  const done = await ifPresent(fileSystem.unlink(file).then(() => true));
  return done ?? false;
}

function isAbsence(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOENT" || error.code === "ENOTDIR")
  );
}
