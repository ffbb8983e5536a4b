import { ExportOutlined, TagsOutlined } from "@ant-design/icons";
import type { Audience } from "@kit/api/types.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { ExportForm } from "../../exchange/components/ExportForm.tsx";
import { MarkManyModal } from "../../tags/components/MarkManyModal.tsx";

const words = defineMessages({
  zh: { mark: "打标签", export: "导出" },
  en: { mark: "Tag", export: "Export" },
});

/** What can be done with the people of an audience at once. */
export function AudienceDeeds({ audience }: { audience: Audience }) {
  const t = useText(words);
  const may = useMay();
  const [open, setOpen] = useState<"mark" | "export" | null>(null);
  const close = () => setOpen(null);
  // Before it was built there is nobody to do anything with.
  const disabled = !audience.built_at;
  return (
    <>
      {may(MAY.writeTags) && (
        <Button icon={<TagsOutlined />} disabled={disabled} onClick={() => setOpen("mark")}>
          {t.mark}
        </Button>
      )}
      {may(MAY.exportCustomers) && (
        <Button icon={<ExportOutlined />} disabled={disabled} onClick={() => setOpen("export")}>
          {t.export}
        </Button>
      )}
      {open === "mark" && (
        <MarkManyModal
          target={{ kind: "audience", audience_id: audience.id }}
          people={audience.size}
          onClose={close}
        />
      )}
      {open === "export" && <ExportForm audience={audience.id} onClose={close} />}
    </>
  );
}
