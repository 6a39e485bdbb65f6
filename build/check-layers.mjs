// Who may import whom. Fails on a wrong import, and on having seen too few modules to mean anything.
import { cruise } from "dependency-cruiser";
import config from "./layers.mjs";

const suspiciouslyFew = 60;
const root = new URL("..", import.meta.url).pathname;
const folders = ["decoder", "captures", "analyzer", "cli", "renderer", "web", "electron"];

const { output } = await cruise(folders, {
  ruleSet: config,
  validate: true,
  baseDir: root,
  tsPreCompilationDeps: true,
  doNotFollow: "node_modules",
  // Packages that name their entry in "exports" alone.
  enhancedResolveOptions: {
    exportsFields: ["exports"],
    conditionNames: ["import", "node", "default"],
  },
});
const { violations, totalCruised } = output.summary;
for (const violation of violations) {
  console.error(`${violation.rule.name}: ${violation.from} -> ${violation.to}`);
}
const own = output.modules.filter((module) =>
  folders.some((f) => module.source.startsWith(`${f}/`)),
);
console.log(
  `${own.length} modules of ours, ${totalCruised} seen, ${violations.length} wrong imports`,
);
if (own.length < suspiciouslyFew) {
  console.error(`only ${own.length} modules were seen: the check does not see the source`);
  process.exitCode = 1;
}
if (violations.length > 0) process.exitCode = 1;
