// The layers of the house; see check-layers.mjs.
const layer = (name) => `^${name}/`;
const not = (...names) => `^(?!${names.join("|")})`;

export default {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "decoder-imports-nothing-of-ours",
      severity: "error",
      from: { path: layer("decoder") },
      to: { path: "^(captures|analyzer|renderer|electron|web|cli|test|build)/" },
    },
    {
      name: "decoder-is-pure",
      severity: "error",
      from: { path: layer("decoder") },
      to: { path: not("decoder/", "node_modules/@noble/") },
    },
    {
      name: "captures-take-types-of-the-decoder",
      severity: "error",
      from: { path: layer("captures") },
      to: {
        path: layer("decoder"),
        pathNot: "^decoder/chunk\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "captures-import-only-the-decoder",
      severity: "error",
      from: { path: layer("captures") },
      to: { path: "^(analyzer|renderer|electron|web|cli|test|build)/" },
    },
    {
      name: "analyzer-imports-decoder-and-captures",
      severity: "error",
      from: { path: layer("analyzer") },
      to: { path: "^(renderer|electron|web|cli|test|build)/" },
    },
    {
      name: "renderer-imports-the-protocol-and-types",
      severity: "error",
      from: { path: layer("renderer") },
      to: {
        path: "^(decoder|captures|analyzer|electron|web|cli|test|build)/",
        pathNot: "^analyzer/protocol/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "renderer-knows-no-shell",
      severity: "error",
      from: { path: layer("renderer") },
      to: { path: "^(captures|electron|web|cli|test|build)/" },
    },
    {
      name: "shells-import-analyzer-and-captures",
      severity: "error",
      from: { path: "^(cli|web|electron)/" },
      to: { path: "^(decoder|renderer|test|build)/" },
    },
    {
      name: "shells-do-not-import-each-other",
      severity: "error",
      from: { path: "^(cli|web|electron)/" },
      // `obiscope serve` starts the browser shell, by its one entry.
      to: { path: "^(cli|web|electron)/", pathNot: ["^$1/", "^web/index\\.ts$"] },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
};
