import { chooseLanguage, useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { chooseMode, useMode } from "@kit/theme/mode.ts";
import { siyuHost, useWorldState } from "../api/hooks.ts";
import { Button, LinkButton } from "../ui/Button.tsx";
import { words } from "../words.ts";
import { StoryBar } from "./StoryBar.tsx";
import css from "./shell.module.css";

function SiyuLink() {
  const text = useText(words);
  const host = siyuHost(useWorldState().data);
  if (!host) return null;
  return (
    <LinkButton
      looks={["plain"]}
      className={css.wide}
      href={`//${host}/console/`}
      target="_blank"
      rel="noreferrer"
    >
      {text.console} ↗
    </LinkButton>
  );
}

export function Head({ onHelp }: { onHelp: () => void }) {
  const text = useText(words);
  const language = useLanguage();
  const { mode } = useMode();
  return (
    <header className={css.head}>
      <div className={css.title}>
        <h1>{text.title}</h1>
        <span className={css.stamp}>
          {text.stamp}
          <span className={css.wide}>{text.stampMore}</span>
        </span>
      </div>
      <StoryBar />
      <div className={css.menu}>
        <SiyuLink />
        <Button looks={["plain"]} onClick={onHelp} aria-label={text.helpOpen} title={text.helpOpen}>
          ?
        </Button>
        <Button
          looks={["plain"]}
          onClick={() => chooseMode(mode === "dark" ? "light" : "dark")}
          aria-label={text.theme}
          title={text.theme}
        >
          ◐
        </Button>
        <Button
          looks={["plain"]}
          lang={language === "zh" ? "en" : "zh-CN"}
          onClick={() => chooseLanguage(language === "zh" ? "en" : "zh")}
        >
          {text.language}
        </Button>
      </div>
    </header>
  );
}
