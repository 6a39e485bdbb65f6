// Draws README.md's picture from what the command really writes: `node build/picture.mjs`.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const root = new URL("..", import.meta.url).pathname;
const command = ["decode", "captures/samples/hdlc-session.txt"];
const { stdout } = spawnSync("node", ["dist/cli.js", ...command], { cwd: root, encoding: "utf8" });

const lineHeight = 20;
const columns = 146;
const characterWidth = 7.85;
const colours = { error: "#f47067", warning: "#e0b341", note: "#6cb6ff", info: "#768390" };

const escapeXml = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const shorten = (text) => (text.length > columns ? `${text.slice(0, columns - 1)}…` : text);

const lines = [`$ npx obiscope ${command.join(" ")}`, ...stdout.trimEnd().split("\n")].map(shorten);
const drawn = lines.map((line, index) => {
  const severity = /^ {7}(error|warning|note|info) /.exec(line)?.[1];
  const advice = line.startsWith("               check:");
  const fill = index === 0 ? "#57ab5a" : (colours[severity] ?? (advice ? colours.info : "#cdd9e5"));
  const y = 34 + index * lineHeight;
  return `<text x="16" y="${y}" fill="${fill}" xml:space="preserve">${escapeXml(line)}</text>`;
});
const width = Math.round(32 + columns * characterWidth);
const height = 48 + (lines.length - 1) * lineHeight;
writeFileSync(
  new URL("session.svg", import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13">
<title>obiscope decode: a meter session with one damaged frame, found</title>
<rect width="100%" height="100%" rx="6" fill="#1c2128"/>
${drawn.join("\n")}
</svg>
`,
);
