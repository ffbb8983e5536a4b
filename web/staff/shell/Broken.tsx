import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button } from "antd-mobile";
import { Empty } from "../ui/states.tsx";

const brokenWords = defineMessages({
  zh: { sentence: "页面出了问题，请刷新；如果仍然如此，请告诉管理员。", reload: "刷新" },
  en: {
    sentence: "Something broke. Reload; if it stays, tell your administrator.",
    reload: "Reload",
  },
});

export function Broken() {
  const text = useText(brokenWords);
  return (
    <Empty>
      <p>{text.sentence}</p>
      <Button color="primary" onClick={() => location.reload()}>
        {text.reload}
      </Button>
    </Empty>
  );
}
