import { Table, type TableColumnsType, type TableColumnType, type TableProps } from "antd";
import type { ReactNode } from "react";
import { useNarrow } from "../useNarrow.ts";
import styles from "./list.module.css";

/** What a column shows in a row, as the table would. */
function cellOf<T extends object>(column: TableColumnType<T>, row: T, index: number): ReactNode {
  const value = typeof column.dataIndex === "string" ? row[column.dataIndex as keyof T] : row;
  return (column.render ? column.render(value, row, index) : value) as ReactNode;
}

/** One row as a card: the first column heads it, the others follow with their names. */
function Card({ cells }: { cells: { title: ReactNode; cell: ReactNode }[] }) {
  const [head, ...rest] = cells;
  return (
    <div className={styles.card}>
      <div className={styles.cardHead}>{head?.cell}</div>
      {rest.map(({ title, cell }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name, and stay
        <div key={index} className={title ? styles.pair : styles.acts}>
          {title && <span className={styles.pairName}>{title}</span>}
          <span className={styles.pairValue}>{cell}</span>
        </div>
      ))}
    </div>
  );
}

type DeskTableProps<T extends object> = Omit<TableProps<T>, "columns"> & {
  columns: TableColumnsType<T>;
};

/** A table on a desk; on a phone the same rows as cards, so that nothing scrolls sideways. */
export function DeskTable<T extends object>({ columns, ...table }: DeskTableProps<T>) {
  const narrow = useNarrow();
  if (!narrow) return <Table<T> {...table} columns={columns} scroll={{ x: "max-content" }} />;
  const plain = columns as TableColumnType<T>[];
  return (
    <Table<T>
      {...table}
      showHeader={false}
      columns={[
        {
          render: (_, row, index) => (
            <Card
              cells={plain.map((column) => ({
                title: column.title as ReactNode,
                cell: cellOf(column, row, index),
              }))}
            />
          ),
        },
      ]}
    />
  );
}
