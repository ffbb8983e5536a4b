/** What is probed, in English, by its key; its Chinese comes from the server. */
export const ENGLISH_PROBES: Record<string, string> = {
  secret: "Corp id and app secret",
  trusted_ip: "Trusted IP addresses",
  app: "State of the app, and AgentId",
  trusted_domain: "Trusted domain",
  directory: "Visible directory",
  contacts: "Reading customers",
  tags_read: "Reading corp tags",
  tags_write: "Tagging customers",
  contact_ways: "“Contact me” codes",
  welcome: "Sending welcomes",
  messages: "Messages to members",
  groups: "Reading customer groups",
  service: "WeChat customer service (optional)",
  archive: "Message archive (optional)",
};
