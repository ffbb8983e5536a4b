import { QuestionCircleOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import type { ReactNode } from "react";

/** A term of the field, explained in one sentence where it stands. */
export function Term({ children, means }: { children: ReactNode; means: ReactNode }) {
  return (
    <span style={{ whiteSpace: "nowrap" }}>
      {children}{" "}
      <Tooltip title={means}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach the meaning */}
        <span tabIndex={0} role="note" style={{ color: "var(--ink-faint)", cursor: "help" }}>
          <QuestionCircleOutlined style={{ fontSize: 12 }} />
        </span>
      </Tooltip>
    </span>
  );
}
