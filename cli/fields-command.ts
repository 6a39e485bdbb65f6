import { type FilterField, listFilterFields } from "../analyzer/index.js";
import { ExitCode } from "./exit.js";
import { fieldsHelp } from "./help.js";
import type { Output } from "./output.js";
import { writeReferencePage } from "./reference-page.js";
import { parseRegistryOptions } from "./registry-options.js";

/** `obiscope fields [PREFIX]`. */
export async function fieldsCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseRegistryOptions(args);
  if (options === "help") {
    output.text.text(fieldsHelp);
    return ExitCode.done;
  }
  const fields = listFilterFields().filter(({ id }) => options.isWanted(id));
  if (options.format === "markdown") {
    output.text.text(
      writeReferencePage(fields, {
        title: "Fields",
        nameOf: ({ id }) => id,
        columns: [
          ["Name", ({ id }) => `\`${id}\``],
          ["Type", ({ writtenType }) => writtenType],
          ["Label", ({ name }) => name],
          ["Meaning", ({ meaning }) => meaning ?? ""],
          ["Clause", ({ clause }) => clause ?? ""],
        ],
      }),
    );
  } else {
    const nameWidth = Math.max(0, ...fields.map((field) => field.id.length));
    for (const field of fields) {
      output.text.text(
        `${field.id.padEnd(nameWidth)}  ${field.writtenType.padEnd(7)}  ${describe(field)}\n`,
      );
    }
  }
  await output.flush();
  return fields.length > 0 ? ExitCode.done : ExitCode.unreadable;
}

function describe(field: FilterField): string {
  const words = [field.name];
  if (field.meaning !== undefined) words.push(`- ${field.meaning}`);
  if (field.clause !== undefined) words.push(`(${field.clause})`);
  return words.join(" ");
}
