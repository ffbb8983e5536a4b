import { api, done, take } from "@kit/api/client.ts";
import { sentenceOf } from "@kit/api/problem.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popup, SearchBar, Selector } from "antd-mobile";
import { useState } from "react";
import { Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./customers.module.css";

const words = defineMessages({
  zh: {
    title: "标签",
    none: "还没有标签",
    change: "打标签",
    find: "查找标签",
    save: "保存",
    internal: "内部",
  },
  en: {
    title: "Tags",
    none: "No tags yet",
    change: "Tag",
    find: "Find tags",
    save: "Save",
    internal: "internal",
  },
});

type Change = { add: number[]; remove: number[] };

function change(customer_id: number, body: Change): Promise<void> {
  return done(
    api.POST("/api/customers/{customer_id}/tags", { params: { path: { customer_id } }, body }),
  );
}

/** The tags of a customer; those of one's own friendship and internal ones can be changed. */
export function Tags({ id }: { id: number }) {
  const t = useText(words);
  const [open, setOpen] = useState(false);
  const marks = useQuery({
    queryKey: ["customer-tags", id],
    queryFn: () =>
      take(api.GET("/api/customers/{customer_id}/tags", { params: { path: { customer_id: id } } })),
  });
  return (
    <Shown query={marks}>
      {({ items }) => {
        const named = new Map(items.map((mark) => [mark.tag_id, mark.name]));
        return (
          <div className={ui.card}>
            <dl className={css.fields}>
              <div>
                <dt>{t.title}</dt>
                <dd className={css.noted}>
                  <span className={named.size ? undefined : ui.soft}>
                    {[...named.values()].join("、") || t.none}
                  </span>
                  <Button size="mini" fill="none" color="primary" onClick={() => setOpen(true)}>
                    {t.change}
                  </Button>
                </dd>
              </div>
            </dl>
            <Popup
              visible={open}
              destroyOnClose
              closeOnMaskClick
              onClose={() => setOpen(false)}
              bodyStyle={{ borderRadius: "12px 12px 0 0" }}
            >
              <Chooser id={id} carried={[...named.keys()]} onClose={() => setOpen(false)} />
            </Popup>
          </div>
        );
      }}
    </Shown>
  );
}

function Chooser({ id, carried, onClose }: { id: number; carried: number[]; onClose: () => void }) {
  const t = useText(words);
  const client = useQueryClient();
  const [find, setFind] = useState("");
  const [chosen, setChosen] = useState(carried);
  const library = useQuery({ queryKey: ["tags"], queryFn: () => take(api.GET("/api/tags", {})) });
  const save = useMutation({
    mutationFn: () =>
      change(id, {
        add: chosen.filter((one) => !carried.includes(one)),
        remove: carried.filter((one) => !chosen.includes(one)),
      }),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: ["customer-tags", id] }),
  });
  const same = chosen.length === carried.length && chosen.every((one) => carried.includes(one));
  return (
    <div className={css.editor} style={{ maxHeight: "75vh", overflowY: "auto" }}>
      <h2>{t.title}</h2>
      <SearchBar placeholder={t.find} value={find} onChange={setFind} />
      <Shown query={library}>
        {({ items }) => (
          <>
            {items.map((group) => {
              const ids = group.tags.map((tag) => tag.id);
              const shown = group.tags.filter((tag) => tag.name.includes(find.trim()));
              if (shown.length === 0) return null;
              return (
                <section key={group.id}>
                  <p className={ui.soft}>
                    {group.name}
                    {group.source === "internal" && ` · ${t.internal}`}
                  </p>
                  <Selector
                    multiple
                    options={shown.map((tag) => ({ value: tag.id, label: tag.name }))}
                    value={chosen.filter((one) => ids.includes(one))}
                    onChange={(picked) => {
                      const hidden = chosen.filter((one) => !shown.some((tag) => tag.id === one));
                      setChosen([...hidden, ...picked]);
                    }}
                  />
                </section>
              );
            })}
          </>
        )}
      </Shown>
      {save.error && (
        <p role="alert" className={ui.warning}>
          {sentenceOf(save.error)}
        </p>
      )}
      <Button
        block
        color="primary"
        size="large"
        loading={save.isPending}
        disabled={same}
        onClick={() => save.mutate()}
      >
        {t.save}
      </Button>
    </div>
  );
}
