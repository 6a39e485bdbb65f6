/** What the columns of a profile are, as the command line takes it. */
import { expect, it } from "vitest";
import { parseColumns } from "../../cli/columns-option.js";
import { UsageError } from "../../cli/exit.js";

it("has the columns of a profile in their order", () => {
  const columns = parseColumns(["1-0:99.1.0*255=8/0-0:1.0.0*255/2,3/1.0.1.8.0.255/2/1"]);
  expect([...columns]).toEqual([
    [
      "1.0.99.1.0.255",
      [
        { classId: 8, logicalName: Uint8Array.of(0, 0, 1, 0, 0, 255), attribute: 2, dataIndex: 0 },
        { classId: 3, logicalName: Uint8Array.of(1, 0, 1, 8, 0, 255), attribute: 2, dataIndex: 1 },
      ],
    ],
  ]);
});

it.each([
  ["", "does not begin with the name of a profile"],
  ["1-0:99.1.0*255", "does not begin with the name of a profile"],
  ["1-0:99.1.0*256=3/1-0:1.8.0*255/2", "does not begin with the name of a profile"],
  ["1-0:99.1.0*255=3/1-0:1.8.0*255", "'3/1-0:1.8.0*255' is no column"],
  ["1-0:99.1.0*255=x/1-0:1.8.0*255/2", "'x/1-0:1.8.0*255/2' is no column"],
  ["1-0:99.1.0*255=3/1-0:1.8.0*255/2,", "'' is no column"],
  ["1-0:99.1.0*255=70000/1-0:1.8.0*255/2", "is no column"],
])("refuses %j", (text, message) => {
  expect(() => parseColumns([text])).toThrow(UsageError);
  expect(() => parseColumns([text])).toThrow(message);
});
