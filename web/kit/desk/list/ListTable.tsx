import { Button, type TableColumnsType } from "antd";
import type { Key, ReactNode } from "react";
import { formatCount } from "../../format/numbers.ts";
import { defineMessages, useText } from "../../i18n/messages.ts";
import { FailedState, LoadingState, OldNote } from "../states.tsx";
import { DeskTable } from "./DeskTable.tsx";
import styles from "./list.module.css";
import type { Pages } from "./usePages.ts";

const words = defineMessages({
  zh: {
    more: "加载更多",
    shown: (count: string) => `已显示 ${count} 条`,
    all: (count: string) => `共 ${count} 条`,
    none: "没有符合条件的内容",
    clear: "清除筛选",
  },
  en: {
    more: "Load more",
    shown: (count) => `${count} shown`,
    all: (count) => `${count} in all`,
    none: "Nothing matches these filters",
    clear: "Clear filters",
  },
});

type ListTableProps<T extends object> = {
  pages: Pages<T>;
  columns: TableColumnsType<T>;
  rowKey: (row: T) => string | number;
  /** What stands here while there is nothing at all. */
  empty: ReactNode;
  filtered?: boolean;
  onClearFilters?: () => void;
  onOpen?: (row: T) => void;
  /** Keys of the rows that are chosen, where rows can be. */
  chosen?: Key[];
  onChoose?: (keys: Key[]) => void;
  /** Hears by which column, by its key, to sort; by none where that is empty. */
  onSort?: (column: string) => void;
};

/** A list in each of its states, with keyset paging at its foot. */
export function ListTable<T extends object>({
  pages,
  columns,
  rowKey,
  empty,
  filtered = false,
  onClearFilters,
  onOpen,
  chosen,
  onChoose,
  onSort,
}: ListTableProps<T>) {
  const t = useText(words);
  if (!pages.items) {
    return (
      <div className={styles.panel} style={{ padding: "0 16px" }}>
        {pages.error ? (
          <FailedState failure={pages.error} onRetry={() => pages.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
    );
  }
  if (pages.items.length === 0 && !filtered) {
    return (
      <div className={styles.panel}>
        <OldNote query={pages} />
        {empty}
      </div>
    );
  }
  const count = formatCount(pages.items.length);
  return (
    <div className={`${styles.panel} ${onOpen ? styles.opens : ""}`}>
      <OldNote query={pages} />
      <DeskTable<T>
        size="middle"
        columns={columns}
        dataSource={pages.items}
        rowKey={rowKey}
        pagination={false}
        loading={pages.isPlaceholderData}
        onChange={
          onSort &&
          ((_paging, _filters, sorter) => {
            const { order, columnKey } = Array.isArray(sorter) ? {} : sorter;
            onSort(order ? String(columnKey) : "");
          })
        }
        rowSelection={
          onChoose && {
            selectedRowKeys: chosen,
            preserveSelectedRowKeys: true,
            onChange: onChoose,
            onCell: () => ({ onClick: (event) => event.stopPropagation() }),
          }
        }
        locale={{
          emptyText: (
            <div style={{ padding: 32 }}>
              <p style={{ color: "var(--ink-faint)" }}>{t.none}</p>
              {onClearFilters && (
                <Button type="link" onClick={onClearFilters}>
                  {t.clear}
                </Button>
              )}
            </div>
          ),
        }}
        onRow={
          onOpen
            ? (row) => ({
                tabIndex: 0,
                onClick: () => onOpen(row),
                onKeyDown: (event) => {
                  if (event.key === "Enter" && event.target === event.currentTarget) onOpen(row);
                },
              })
            : undefined
        }
      />
      {pages.items.length > 0 && (
        <div className={styles.foot}>
          <span>{pages.hasNextPage ? t.shown(count) : t.all(count)}</span>
          {pages.hasNextPage && (
            <Button
              size="small"
              loading={pages.isFetchingNextPage}
              onClick={() => pages.fetchNextPage()}
            >
              {t.more}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
