import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Attachment, type MassTask, tasks } from "../../api/tasks.ts";
import type { Message } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { clock } from "../../ui/clock.ts";
import { tell } from "../../ui/toast.tsx";
import { Choice } from "../Choice.tsx";
import { Content } from "../Content.tsx";
import css from "../phone.module.css";
import { taskWords } from "./words.ts";

const MOST = 200;

/** An attachment as the chat message it becomes. */
export function messageOf(part: Attachment): Message {
  const empty = { text: "", title: "", desc: "", url: "", open_url: "", pic: "" };
  return { id: 0, at: 0, sender: "", source: "mass", ...empty, ...part };
}

function Receivers({ task }: { task: MassTask }) {
  const text = useText(taskWords);
  return (
    <details>
      <summary>{text.showReceivers(task.receivers.length)}</summary>
      <ul className={css.receivers}>
        {task.receivers.slice(0, MOST).map((one) => (
          <li key={one.who}>
            <span className={css.line}>{one.name}</span>
            <span className={css.soft}>{text.status[one.status]}</span>
          </li>
        ))}
      </ul>
      {task.receivers.length > MOST && <p className={css.soft}>+ {task.receivers.length - MOST}</p>}
    </details>
  );
}

function Confirm({ userid, task }: { userid: string; task: MassTask }) {
  const text = useText(taskWords);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(task.receivers.map((one) => one.who)),
  );
  const send = useMutation({
    mutationFn: () => tasks.sendMass(userid, task.msgid, task.allow_select ? [...chosen] : null),
    onSuccess: () => tell(text.sent),
  });
  const ignore = useMutation({ mutationFn: () => tasks.ignoreMass(userid, task.msgid) });
  return (
    <>
      {task.allow_select ? (
        <Choice
          label={text.receivers}
          among={task.receivers.map((one) => ({ key: one.who, name: one.name }))}
          chosen={chosen}
          onChange={setChosen}
        />
      ) : (
        <p className={css.soft}>{text.fixed(task.receivers.length)}</p>
      )}
      <div className={css.pair}>
        <Button
          looks={["strong"]}
          disabled={send.isPending || chosen.size === 0}
          onClick={() => send.mutate()}
        >
          {task.allow_select ? text.confirmSome(chosen.size) : text.confirm}
        </Button>
        {task.state !== "ignored" && (
          <Button disabled={ignore.isPending} onClick={() => ignore.mutate()}>
            {text.ignore}
          </Button>
        )}
      </div>
    </>
  );
}

/** A mass message that waits for the staff account, or what became of it. */
export function MassCard({ userid, task }: { userid: string; task: MassTask }) {
  const text = useText(taskWords);
  const open = task.state === "waiting" || task.state === "ignored";
  const title = task.chat_type === "group" ? text.massGroup : text.massSingle;
  return (
    <article className={css.task} data-open={open} aria-label={`${title} ${task.text}`}>
      <p className={css.taskHead}>
        <strong>{title}</strong>
        <span className={css.soft}>{clock(task.created)}</span>
        <span className={css.state} data-state={task.state}>
          {text.states[task.state]}
        </span>
      </p>
      {task.reminders > 0 && open && (
        <p className={css.reminder}>{text.reminded(task.reminders)}</p>
      )}
      {task.text && <p className={css.said}>{task.text}</p>}
      {task.attachments.map((part) => (
        <Content key={`${part.kind}-${part.url ?? part.pic}`} message={messageOf(part)} />
      ))}
      {open ? <Confirm userid={userid} task={task} /> : <Receivers task={task} />}
    </article>
  );
}
