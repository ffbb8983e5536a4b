import { Tag, Tooltip } from "antd";

type One = { id: number; name: string };

/** Tags in one line; what does not fit is told on hover. */
export function TagList({ tags, max = 3 }: { tags: readonly One[]; max?: number }) {
  const rest = tags.slice(max);
  return (
    <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 4 }}>
      {tags.slice(0, max).map((tag) => (
        <Tag key={tag.id} style={{ margin: 0 }}>
          {tag.name}
        </Tag>
      ))}
      {rest.length > 0 && (
        <Tooltip title={rest.map((tag) => tag.name).join("、")}>
          <Tag style={{ margin: 0 }}>+{rest.length}</Tag>
        </Tooltip>
      )}
    </span>
  );
}
