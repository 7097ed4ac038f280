import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** How long GDAL takes for a tile. */
export interface GdalDecode {
  readonly version: string;
  /** Processor time in milliseconds per tile, one figure per round over all tiles. */
  readonly cpuMs: readonly number[];
}

/** Interpreters that may have GDAL's bindings; gdal-bin of Debian brings them for its own. */
const PYTHONS = ["python3", "/usr/bin/python3"];

/**
 * Opens every file from memory and reads it as 32-bit floats, in one process and one thread, so that
 * no start-up is measured: what decoding a tile is for us, less the check of its place.
 */
const SCRIPT = `
import json, sys, time
from osgeo import gdal
gdal.UseExceptions()
gdal.SetConfigOption("GDAL_NUM_THREADS", "1")
rounds = int(sys.argv[1])
files = [open(name, "rb").read() for name in sys.argv[2:]]
took = []
for _ in range(rounds + 2):
    began = time.process_time()
    for data in files:
        gdal.FileFromMemBuffer("/vsimem/tile.tif", data)
        dataset = gdal.Open("/vsimem/tile.tif")
        heights = dataset.GetRasterBand(1).ReadRaster(buf_type=gdal.GDT_Float32)
        assert len(heights) == 512 * 512 * 4
        dataset = None
        gdal.Unlink("/vsimem/tile.tif")
    took.append((time.process_time() - began) * 1000 / len(files))
print(json.dumps({"version": gdal.__version__, "cpuMs": took[2:]}))
`;

/** Measures GDAL on the same tiles; undefined where it is not installed. */
export async function measureGdalDecode(
  files: readonly string[],
  rounds: number,
): Promise<GdalDecode | undefined> {
  for (const python of PYTHONS) {
    if (!(await hasGdal(python))) continue;
    const { stdout } = await promisify(execFile)(python, ["-c", SCRIPT, String(rounds), ...files]);
    return JSON.parse(stdout) as GdalDecode;
  }
  return undefined;
}

async function hasGdal(python: string): Promise<boolean> {
  try {
    await promisify(execFile)(python, ["-c", "from osgeo import gdal"]);
    return true;
  } catch {
    return false;
  }
}
