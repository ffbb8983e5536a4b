import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tabs, Typography } from "antd";

const words = defineMessages({
  zh: {
    how: "签名 = HMAC-SHA256(Secret, 时间戳 + “.” + 原始请求体)，十六进制。时间戳为秒，误差不超过 5 分钟。同一个 Idempotency-Key 重复推送不会重复入账。",
    touch:
      "touch 是分享链接参数 t 的值：带上它，归因就是精确的；没有时按 unionid、手机号或会员号找到人，再按时间归因。",
    shell: "命令行",
  },
  en: {
    how: "Signature = HMAC-SHA256(secret, timestamp + “.” + raw body), in hex. The timestamp is in seconds and at most 5 minutes off. The same Idempotency-Key never counts twice.",
    touch:
      "touch is the parameter t of the shared link: with it attribution is exact; without it the person is found by unionid, phone or member id, then by time.",
    shell: "Shell",
  },
});

const BODY = `{"external_id":"20261121001","status":"paid","paid_at":"2026-11-21T10:00:00+08:00","amount_fen":19900,"items":[{"sku":"NF-2-900","name":"有机奶粉 2 段","quantity":1,"amount_fen":19900}],"buyer":{"unionid":"o6_bm…","phone":"13800138000"},"touch":"8fK2…"}`;

function shellSample(url: string): string {
  return `KEY=sk_…        # Key
SECRET=…        # Secret
BODY='${BODY}'
NOW=$(date +%s)
SIGNATURE=$(printf '%s.%s' "$NOW" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)

curl ${url} \\
  -H 'Content-Type: application/json' \\
  -H "X-Siyu-Key: $KEY" \\
  -H "X-Siyu-Timestamp: $NOW" \\
  -H "X-Siyu-Signature: $SIGNATURE" \\
  -H 'Idempotency-Key: 20261121001-paid' \\
  --data "$BODY"`;
}

function pythonSample(url: string): string {
  return `import hashlib, hmac, json, time, urllib.request

KEY, SECRET = "sk_…", "…"
body = json.dumps({
    "external_id": "20261121001",
    "status": "paid",
    "paid_at": "2026-11-21T10:00:00+08:00",
    "amount_fen": 19900,
    "items": [{"sku": "NF-2-900", "name": "有机奶粉 2 段", "quantity": 1, "amount_fen": 19900}],
    "buyer": {"unionid": "o6_bm…", "phone": "13800138000"},
    "touch": "8fK2…",
}, ensure_ascii=False).encode()
now = str(int(time.time()))
signature = hmac.new(SECRET.encode(), now.encode() + b"." + body, hashlib.sha256).hexdigest()
request = urllib.request.Request("${url}", body, {
    "Content-Type": "application/json",
    "X-Siyu-Key": KEY,
    "X-Siyu-Timestamp": now,
    "X-Siyu-Signature": signature,
    "Idempotency-Key": "20261121001-paid",
})
print(urllib.request.urlopen(request).read().decode())`;
}

function Code({ children }: { children: string }) {
  return (
    <Typography.Paragraph
      copyable={{ text: children }}
      style={{ position: "relative", margin: 0, overflowX: "auto" }}
    >
      <pre style={{ margin: 0, fontSize: 12.5, lineHeight: 1.6 }}>{children}</pre>
    </Typography.Paragraph>
  );
}

/** How a shop signs and posts an order. */
export function SignedSample({ url }: { url: string }) {
  const t = useText(words);
  return (
    <>
      <p style={{ color: "var(--ink-soft)", marginBottom: 4 }}>{t.how}</p>
      <p style={{ color: "var(--ink-soft)" }}>{t.touch}</p>
      <Tabs
        items={[
          { key: "shell", label: t.shell, children: <Code>{shellSample(url)}</Code> },
          { key: "python", label: "Python", children: <Code>{pythonSample(url)}</Code> },
        ]}
      />
    </>
  );
}
