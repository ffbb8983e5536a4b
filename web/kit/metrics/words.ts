import { defineMessages } from "../i18n/messages.ts";

type Names = Record<string, string>;
type Meanings = Record<string, { name: string; definition: string; undefined?: string }>;

/**
 * The metric dictionary in English, by the keys of the figures; its Chinese stands in the
 * dictionary itself (docs/metrics.md) and comes from the server.
 */
export const ENGLISH_METRICS: Meanings = {
  exposed: {
    name: "Exposed",
    definition:
      "How often customers saw us in the period, summed over its sources: exposures entered for channels (such as printed cards), welcomes delivered, tracked links staff shared, and page views. Times, not people.",
  },
  printed: {
    name: "Exposed by channels",
    definition: "Exposures entered for channels, such as parcel cards printed and sent out.",
  },
  clicked: {
    name: "Clicks",
    definition: "How often tracked links were opened, visitors who are not known included.",
  },
  readers: {
    name: "Readers",
    definition: "Known customers who opened a tracked link; unknown visitors are not counted.",
  },
  click_rate: {
    name: "Click rate",
    definition: "Clicks ÷ exposed.",
    undefined: "Nothing was exposed in the period, so there is no click rate",
  },
  reached: {
    name: "Reached",
    definition:
      "Customers who answered an exposure in the period: they opened a tracked link, or added a staff member, again or for the first time. Each counts once.",
  },
  shared: { name: "Shares", definition: "How often staff sent content as a tracked link." },
  active_customers: {
    name: "Active customers",
    definition:
      "Customers who did something themselves: opened content, added staff, or paid an order whose buyer was known. Messages they write are known only with the chat archive.",
  },
  added: {
    name: "Added",
    definition:
      "Friendships that began for the first time in the period while siyu was told of it. Adding two staff members counts two; adding again does not count, nor do friends from before siyu.",
  },
  new_customers: {
    name: "New customers",
    definition: "Of those added, the customers who were nobody's friend before.",
  },
  readded: {
    name: "Added again",
    definition: "Friendships that had ended and began again; the first-add time stays.",
  },
  lost: {
    name: "Lost",
    definition:
      "Friendships that ended in the period, by reason: the customer deleted, staff deleted, handed over, unknown.",
  },
  first_day_due: {
    name: "Added over 24 h ago",
    definition: "Of those added in the period, the friendships that are at least 24 hours old.",
  },
  first_day_lost: {
    name: "Lost on day one",
    definition:
      "Of those added over 24 hours ago, the friendships that ended within 24 hours; handing over is no loss.",
  },
  first_day_churn: {
    name: "First-day churn",
    definition: "Lost on day one ÷ added over 24 h ago. Younger friendships do not count yet.",
    undefined: "Nobody added in the period has been a friend for 24 hours yet",
  },
  welcomes_sent: { name: "Welcomes sent", definition: "Welcomes that WeCom accepted." },
  welcomes_tried: {
    name: "Welcomes due",
    definition: "Welcomes that should have been sent: those accepted and those given up.",
  },
  welcome_success: {
    name: "Welcome success",
    definition: "Welcomes sent ÷ welcomes due.",
    undefined: "No welcome was due in the period",
  },
  welcome_p99_seconds: {
    name: "Welcome time (99 %)",
    definition:
      "Seconds from the customer's adding to WeCom's accepting the welcome; 99 % take no longer. WeCom's limit is 20 s.",
    undefined: "No welcome was sent in the period",
  },
  orders: {
    name: "Orders",
    definition: "Orders paid in the period and not refunded in full since.",
  },
  bought: {
    name: "Buyers",
    definition: "People who paid those orders; orders of unknown buyers count nobody.",
  },
  gmv_fen: {
    name: "GMV",
    definition:
      "What was paid in the period, less what was refunded of these orders since; by the day of payment.",
  },
  average_order_fen: {
    name: "Average order",
    definition: "GMV ÷ orders.",
    undefined: "There was no order in the period",
  },
  order_rate: {
    name: "Order rate",
    definition:
      "Buyers ÷ reached. Who was reached earlier and buys now counts as a buyer, so it may exceed 100 %.",
    undefined: "Nobody was reached in the period, so there is no order rate",
  },
  conversion: {
    name: "Conversion",
    definition:
      "Orders ÷ reached: how many orders each reached customer places. GMV = reached × conversion × average order.",
    undefined: "Nobody was reached in the period, so there is no conversion",
  },
  attributed_gmv_fen: {
    name: "Attributed GMV",
    definition:
      "The part of GMV owed to a touch: exactly where the touch's id came back with the order, else to the same customer's last touch within the window.",
  },
  unattributed_gmv_fen: {
    name: "Unattributed GMV",
    definition: "The part of GMV with no touch to owe it to. With the attributed part it is GMV.",
  },
  cost_fen: { name: "Channel cost", definition: "Costs entered with the exposures of channels." },
  roi: {
    name: "ROI",
    definition: "Attributed GMV ÷ channel cost: what each yuan spent brought in.",
    undefined: "No cost was entered, so there is no ROI",
  },
};

/** English names of the parts that figures fall into. */
export const ENGLISH_PARTS: Names = {
  printed: "Printed",
  welcome: "Welcomes",
  share: "Shares",
  page_view: "Page views",
  customer: "By customer",
  staff: "By staff",
  transfer: "Handed over",
  unknown: "Unknown",
  touch: "Exact",
  window: "By time",
  none: "Not attributed",
};

const CALLBACK = "WeCom's callbacks";
const TRACKING = "siyu's tracked links and pages";
const SENT = "what siyu sent";
const ORDERS = "the order API";

/** Where figures come from, in English. */
export const ENGLISH_SOURCES: Names = {
  exposed: `what was entered, ${SENT}, and pages`,
  printed: "what was entered",
  clicked: TRACKING,
  readers: TRACKING,
  click_rate: "clicks and exposed",
  reached: `${CALLBACK}, ${TRACKING}`,
  shared: SENT,
  active_customers: `${CALLBACK}, ${TRACKING}, ${ORDERS}`,
  added: CALLBACK,
  new_customers: CALLBACK,
  readded: CALLBACK,
  lost: CALLBACK,
  first_day_due: CALLBACK,
  first_day_lost: CALLBACK,
  first_day_churn: CALLBACK,
  welcomes_sent: SENT,
  welcomes_tried: SENT,
  welcome_success: SENT,
  welcome_p99_seconds: SENT,
  orders: ORDERS,
  bought: ORDERS,
  gmv_fen: ORDERS,
  average_order_fen: ORDERS,
  order_rate: `${ORDERS}, ${CALLBACK}, ${TRACKING}`,
  conversion: `${ORDERS}, ${CALLBACK}, ${TRACKING}`,
  attributed_gmv_fen: "attribution",
  unattributed_gmv_fen: "attribution",
  cost_fen: "what was entered",
  roi: "attribution and what was entered",
};

/** Why there is no figure, by stable codes. */
export const ENGLISH_REASONS: Names = {
  wecom_missing: "Not connected: finish the callback in “Connection”",
  before_wecom: "Not available: before WeCom was connected",
  orders_missing: "Not connected: make an order source and let the shop post orders",
  not_by_staff: "Not available: exposures and costs of channels are not split by staff",
  exposures_missing: "Not entered: enter exposures in “Channels”",
  costs_missing: "Not entered: enter costs with the exposures in “Channels”",
  not_entered: "Nothing was entered for this channel in the period",
};

export const metricWords = defineMessages({
  zh: { since: (moment: string) => `自 ${moment} 接入企业微信起统计，此前不可得` },
  en: {
    since: (moment) => `Counted since WeCom was connected, ${moment}; before is not available`,
  },
});
