// Draws the icons of the application from build/icon.svg: `node build/icons.mjs`. Their files are
// kept in the repository; this is for after a change of the drawing.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import chromium from "@sparticuz/chromium";
import { chromium as browsers } from "playwright-core";

const folder = new URL("icons/", import.meta.url);
const svg = readFileSync(new URL("icon.svg", import.meta.url), "utf8");
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const browser = await browsers.launch({
  executablePath: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()),
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const pictures = new Map();
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const data = Buffer.from(svg).toString("base64");
  await page.setContent(
    `<style>body{margin:0}</style><img width="${size}" height="${size}" style="display:block" src="data:image/svg+xml;base64,${data}">`,
  );
  pictures.set(size, await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();

mkdirSync(folder, { recursive: true });
for (const size of sizes.filter((size) => size <= 512)) {
  writeFileSync(new URL(`${size}x${size}.png`, folder), pictures.get(size));
}
writeFileSync(new URL("icon.ico", folder), ico([16, 24, 32, 48, 64, 128, 256]));
writeFileSync(
  new URL("icon.icns", folder),
  icns([
    ["ic11", 32],
    ["ic12", 64],
    ["ic07", 128],
    ["ic13", 256],
    ["ic08", 256],
    ["ic14", 512],
    ["ic09", 512],
    ["ic10", 1024],
  ]),
);

/** An icon of Windows: a directory of pictures, then the pictures as PNG. 0 stands for 256. */
function ico(wanted) {
  const head = Buffer.alloc(6 + 16 * wanted.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(wanted.length, 4);
  let offset = head.length;
  wanted.forEach((size, index) => {
    const at = 6 + 16 * index;
    const { length } = pictures.get(size);
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += length;
  });
  return Buffer.concat([head, ...wanted.map((size) => pictures.get(size))]);
}

/** An icon of macOS: pictures as PNG, each after its type and length. */
function icns(wanted) {
  const parts = wanted.map(([type, size]) => chunk(type, pictures.get(size)));
  return chunk("icns", Buffer.concat(parts));
}

function chunk(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 0, "latin1");
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
