import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  EllipsisOutlined,
  GroupOutlined,
  UngroupOutlined,
} from "@ant-design/icons";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Dropdown } from "antd";
import { MAX_CONDITIONS, MAX_DEPTH } from "../../rule/language.ts";
import {
  depthOf,
  isGroup,
  leavesOf,
  type Node,
  shifted,
  unwrapped,
  withCopy,
  without,
  wrapped,
} from "../../rule/tree.ts";
import { useTree } from "./TreeContext.ts";
import { treeWords } from "./words.ts";

/** What can be done with a condition or a group: copy, move, group, delete. */
export function NodeActs({ node, name }: { node: Node; name: string }) {
  const t = useText(treeWords);
  const { tree, change } = useTree();
  const full = leavesOf(tree).length + leavesOf(node).length > MAX_CONDITIONS;
  const deep = depthOf(tree) >= MAX_DEPTH;
  const acts: Record<string, () => void> = {
    up: () => change(shifted(tree, node.id, -1)),
    down: () => change(shifted(tree, node.id, 1)),
    copy: () => change(withCopy(tree, node.id)),
    wrap: () => change(wrapped(tree, node.id, "any")),
    unwrap: () => change(unwrapped(tree, node.id)),
    remove: () => change(without(tree, node.id)),
  };
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={`${t.remove} ${name}`}
        onClick={acts.remove}
      />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "copy", label: t.copy, icon: <CopyOutlined />, disabled: full },
            { key: "up", label: t.up, icon: <ArrowUpOutlined /> },
            { key: "down", label: t.down, icon: <ArrowDownOutlined /> },
            isGroup(node)
              ? { key: "unwrap", label: t.unwrap, icon: <UngroupOutlined /> }
              : { key: "wrap", label: t.wrap, icon: <GroupOutlined />, disabled: deep },
          ],
          onClick: ({ key }) => acts[key]?.(),
        }}
      >
        <Button
          type="text"
          size="small"
          icon={<EllipsisOutlined />}
          aria-label={`${t.more} ${name}`}
        />
      </Dropdown>
    </>
  );
}
