// Bundles src/ into the folder named on the command line: content-hashed files, each with a Brotli and a gzip
// copy, manifest.json (name in a template -> name on disk), licences.txt, and axe for the tests beside it.
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const target = process.argv[2];
const staticDir = join(target, "static");
const testDir = join(target, "test");

function packagesIn(metafile) {
  const names = Object.keys(metafile.inputs)
    .map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter(Boolean);
  return [...new Set(names)].sort();
}

function licenceOf(name) {
  const folder = join("node_modules", name);
  const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
  const own = join("licences", `${name.replace("/", "-").replace("@", "")}.txt`);
  if (!file && !existsSync(own)) throw new Error(`No licence text for ${name}: write ${own}`);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${readFileSync(file ? join(folder, file) : own, "utf8").trim()}\n`;
}

function compress(file) {
  const bytes = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

mkdirSync(testDir, { recursive: true });
const { metafile } = await build({
  entryPoints: ["src/app.ts", "src/app.css", "src/tabler.css", "src/mark.svg"],
  outdir: staticDir,
  bundle: true,
  minify: true,
  metafile: true,
  target: "es2022",
  loader: { ".svg": "copy" },
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  const source = output.entryPoint ?? Object.keys(output.inputs)[0];
  manifest[basename(source, extname(source)) + extname(path)] = basename(path);
  compress(path);
}
writeFileSync(join(staticDir, "manifest.json"), JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + "\n");
writeFileSync(
  join(staticDir, "licences.txt"),
  packagesIn(metafile).map(licenceOf).join(`\n${"-".repeat(72)}\n\n`),
);
copyFileSync("node_modules/axe-core/axe.min.js", join(testDir, "axe.min.js"));
