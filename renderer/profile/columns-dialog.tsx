import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { Button } from "react-aria-components";
import type { ColumnSetting } from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { allColumns, columnName } from "../list/list-columns.js";
import { useAnalyzer } from "../state/analyzer.js";
import { changeProfile, profileOf } from "../state/settings.js";

/** Which columns the list has, and in which order. */
export function ColumnsDialog() {
  const profile = useAnalyzer((state) => profileOf(state.settings));
  const columns = allColumns(profile);
  const change = (next: readonly ColumnSetting[]) => changeProfile({ columns: next });
  const move = (place: number, by: 1 | -1) => {
    const next = [...columns];
    const [moved] = next.splice(place, 1);
    if (moved !== undefined) next.splice(place + by, 0, moved);
    change(next);
  };
  return (
    <DialogFrame title="Columns">
      <ul className="profile__list">
        {columns.map((column, place) => {
          const title = columnName(column.id);
          return (
            <li key={column.id} className="profile__row">
              <label className="profile__label">
                <input
                  type="checkbox"
                  checked={column.isShown}
                  onChange={({ target }) =>
                    change(
                      columns.map((one) =>
                        one === column ? { ...one, isShown: target.checked } : one,
                      ),
                    )
                  }
                />
                {title}
              </label>
              <Button
                className="icon-button"
                aria-label={`${title} further to the left`}
                isDisabled={place === 0}
                onPress={() => move(place, -1)}
              >
                <ArrowUp size={13} />
              </Button>
              <Button
                className="icon-button"
                aria-label={`${title} further to the right`}
                isDisabled={place === columns.length - 1}
                onPress={() => move(place, 1)}
              >
                <ArrowDown size={13} />
              </Button>
              {column.id.startsWith("field:") && (
                <Button
                  className="icon-button"
                  aria-label={`Remove ${title}`}
                  onPress={() => change(columns.filter((one) => one !== column))}
                >
                  <Trash2 size={13} />
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <p className="dock__quiet">Any field of the tree becomes a column by its menu.</p>
    </DialogFrame>
  );
}
