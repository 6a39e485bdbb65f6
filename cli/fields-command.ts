import { parseArgs } from "node:util";
import { type Field, listFields } from "../analyzer/index.js";
import { ExitCode } from "./exit.js";
import { fieldsHelp } from "./help.js";
import type { Output } from "./output.js";
import { refuseBadOptions } from "./usage.js";

/** `obiscope fields [PREFIX]`. */
export async function fieldsCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      options: { help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    }),
  );
  if (values.help === true) {
    output.text.text(fieldsHelp);
    return ExitCode.done;
  }
  const prefixes = positionals.length === 0 ? [""] : positionals;
  const fields = listFields().filter((field) =>
    prefixes.some((prefix) => field.id.startsWith(prefix)),
  );
  const nameWidth = Math.max(0, ...fields.map((field) => field.id.length));
  for (const field of fields) {
    output.text.text(
      `${field.id.padEnd(nameWidth)}  ${field.type.padEnd(7)}  ${describe(field)}\n`,
    );
  }
  await output.flush();
  return fields.length > 0 ? ExitCode.done : ExitCode.unreadable;
}

function describe(field: Field): string {
  const words = [field.name];
  if (field.meaning !== undefined) words.push(`- ${field.meaning}`);
  if (field.clause !== undefined) words.push(`(${field.clause})`);
  return words.join(" ");
}
