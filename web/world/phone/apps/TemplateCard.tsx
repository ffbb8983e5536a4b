import { useText } from "@kit/i18n/messages.ts";
import type { FormEvent } from "react";
import type { Answers, Card, Question } from "../../api/apps.ts";
import { Button } from "../../ui/Button.tsx";
import ui from "../../ui/ui.module.css";
import css from "../phone.module.css";
import { appWords } from "./words.ts";

const SEVERAL = 1;
const OPENS_PAGE = 1;

type Pressing = {
  busy: boolean;
  onOpen: (url: string) => void;
  onPress: (key: string, answers: Answers) => void;
};

function Ask({ question }: { question: Question }) {
  const options = question.option_list ?? [];
  const name = question.question_key;
  if (question.mode === SEVERAL) {
    return (
      <fieldset className={css.choice}>
        <legend className={css.soft}>{question.title}</legend>
        {options.map((option) => (
          <label key={option.id}>
            <input
              type="checkbox"
              name={name}
              value={option.id}
              defaultChecked={option.is_checked ?? false}
            />
            {option.text}
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <label>
      {question.title ?? name}
      <select className={ui.input} name={name} defaultValue={question.selected_id}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Buttons({ card, busy, onOpen, onPress }: { card: Card } & Pressing) {
  const text = useText(appWords);
  const questions = [card.checkbox, card.button_selection, ...(card.select_list ?? [])].filter(
    (one) => one !== undefined,
  );
  const answer = (form: HTMLFormElement): Answers => {
    const data = new FormData(form);
    return Object.fromEntries(
      questions.map(({ question_key }) => [question_key, data.getAll(question_key).map(String)]),
    );
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value");
    if (key) onPress(key, answer(event.currentTarget));
  };
  const { button_list = [], submit_button, action_menu } = card;
  return (
    <form className={css.form} onSubmit={submit}>
      {questions.map((question) => (
        <Ask key={question.question_key} question={question} />
      ))}
      <div className={css.keys}>
        {button_list.map(({ key, text: label, type, url }) =>
          type === OPENS_PAGE ? (
            <Button key={label} looks={["small"]} onClick={() => url && onOpen(url)}>
              {label}
            </Button>
          ) : (
            <Button key={key} type="submit" value={key} looks={["small"]} disabled={busy}>
              {label}
            </Button>
          ),
        )}
        {submit_button && (
          <Button type="submit" value={submit_button.key} looks={["strong"]} disabled={busy}>
            {submit_button.text}
          </Button>
        )}
      </div>
      {action_menu?.action_list && (
        <details>
          <summary>{action_menu.desc || text.more}</summary>
          <div className={css.keys}>
            {action_menu.action_list.map((entry) => (
              <Button
                key={entry.key}
                looks={["small"]}
                disabled={busy}
                onClick={() => onPress(entry.key, {})}
              >
                {entry.text}
              </Button>
            ))}
          </div>
        </details>
      )}
    </form>
  );
}

/** A template card as a staff member has it: read, answered, pressed. */
export function TemplateCard({ card, ...pressing }: { card: Card } & Pressing) {
  const { main_title, emphasis_content, quote_area, horizontal_content_list } = card;
  const url = card.card_action?.url;
  return (
    <article className={css.task} aria-label={main_title?.title ?? card.sub_title_text}>
      {main_title?.title && <strong>{main_title.title}</strong>}
      {main_title?.desc && <p className={css.soft}>{main_title.desc}</p>}
      {emphasis_content?.title && (
        <p>
          <strong>{emphasis_content.title}</strong> {emphasis_content.desc}
        </p>
      )}
      {quote_area && (
        <blockquote className={css.soft}>
          {quote_area.title} {quote_area.quote_text}
        </blockquote>
      )}
      {card.sub_title_text && <p>{card.sub_title_text}</p>}
      {horizontal_content_list && (
        <dl className={css.facts}>
          {horizontal_content_list.map(({ keyname, value }) => (
            <FactLine key={keyname} name={keyname} value={value ?? ""} />
          ))}
        </dl>
      )}
      {card.replaced ? <p role="status">{card.replaced}</p> : <Buttons card={card} {...pressing} />}
      {url && (
        <Button looks={["small", "plain"]} onClick={() => pressing.onOpen(url)}>
          {url}
        </Button>
      )}
    </article>
  );
}

function FactLine({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
