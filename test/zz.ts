import { writeFrameText } from "../decoder/index.ts";
import { readItems } from "./corpus/corpus.ts";
import { decodeItem } from "./corpus/decode-item.ts";

const [id, tree] = process.argv.slice(2);
for (const item of readItems())
  if (item.id === id) {
    if (item.note) console.log(item.note);
    for (const f of decodeItem(item))
      console.log(writeFrameText(f, { tree: tree === "tree" }).trimEnd());
  }
