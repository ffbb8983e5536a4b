import {
  ClockCircleOutlined,
  CrownOutlined,
  FormOutlined,
  IdcardOutlined,
  StopOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  UsergroupAddOutlined,
  UserSwitchOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Condition } from "../../rule/language.ts";
import { isDidNot } from "../../rule/sentence.ts";

type Icon = ComponentType<{ "aria-hidden"?: boolean }>;

const ICONS: Record<Condition["kind"], Icon> = {
  attribute: IdcardOutlined,
  field: FormOutlined,
  tags: TagsOutlined,
  contact: UserSwitchOutlined,
  behaviour: ThunderboltOutlined,
  rfm: CrownOutlined,
  groups: UsergroupAddOutlined,
  audience: TeamOutlined,
};

export function iconOf(condition: Condition): Icon {
  if (condition.kind === "behaviour" && isDidNot(condition)) return StopOutlined;
  if (condition.kind === "attribute" && condition.op === "within") return ClockCircleOutlined;
  return ICONS[condition.kind];
}
