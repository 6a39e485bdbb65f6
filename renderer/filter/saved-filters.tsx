import { Bookmark, X } from "lucide-react";
import { useState } from "react";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { Profile } from "../../analyzer/protocol/index.js";
import { useAnalyzer } from "../state/analyzer.js";
import { profileOf } from "../state/settings.js";
import { removeFilter, saveFilter } from "./filter-actions.js";

const none: Profile["savedFilters"] = [];

interface SavedFiltersProps {
  /** What stands in the bar. */
  readonly text: string;
  readonly canSave: boolean;
  readonly onChoose: (text: string) => void;
}

/** The filters that the profile keeps: use, save, remove. */
export function SavedFilters({ text, canSave, onChoose }: SavedFiltersProps) {
  const saved = useAnalyzer(({ settings }) => profileOf(settings)?.savedFilters ?? none);
  const [name, setName] = useState("");
  return (
    <DialogTrigger>
      <Button className="filter-bar__button" aria-label="Saved filters">
        <Bookmark aria-hidden="true" />
      </Button>
      <Popover className="filter-bar__popover" placement="bottom end">
        <Dialog className="saved-filters" aria-label="Saved filters">
          {({ close }) => (
            <>
              <ul className="saved-filters__list">
                {saved.map((one) => (
                  <li key={one.name} className="saved-filters__item">
                    <button
                      type="button"
                      className="saved-filters__use"
                      onClick={() => {
                        onChoose(one.text);
                        close();
                      }}
                    >
                      <span>{one.name}</span>
                      <span className="saved-filters__text">{one.text}</span>
                    </button>
                    <button
                      type="button"
                      className="filter-bar__button"
                      aria-label={`Remove ${one.name}`}
                      onClick={() => removeFilter(one.name)}
                    >
                      <X aria-hidden="true" />
                    </button>
                  </li>
                ))}
              </ul>
              <form
                className="saved-filters__form"
                onSubmit={(event) => {
                  event.preventDefault();
                  if (!canSave || name.trim() === "") return;
                  saveFilter(name.trim(), text.trim());
                  setName("");
                  close();
                }}
              >
                <label>
                  <span className="filter-bar__hidden">Name of the filter in the bar</span>
                  <input
                    placeholder={canSave ? "Name for this filter" : "No filter to save"}
                    value={name}
                    disabled={!canSave}
                    onChange={({ target }) => setName(target.value)}
                  />
                </label>
                <button
                  type="submit"
                  className="filter-bar__text-button"
                  disabled={!canSave || name.trim() === ""}
                >
                  Save
                </button>
              </form>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
