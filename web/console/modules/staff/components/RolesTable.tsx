import { Section } from "@kit/desk/PageHead.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Descriptions } from "antd";
import { ROLES, roleWords } from "../words.ts";

export function RolesTable() {
  const { roles } = useText(roleWords);
  return (
    <Section>
      <Descriptions
        column={1}
        items={ROLES.map((key) => ({ key, label: roles[key].name, children: roles[key].means }))}
      />
    </Section>
  );
}
