/** The permissions that the console asks for; the server knows the same words. */
export const MAY = {
  readHome: "home.read",
  readInsight: "insight.read",
  readLiveCodes: "live_codes.read",
  writeLiveCodes: "live_codes.write",
  readChannels: "channels.read",
  writeChannels: "channels.write",
  readCustomers: "customers.read",
  readTags: "tags.read",
  writeTags: "tags.write",
  readMaterials: "materials.read",
  writeMaterials: "materials.write",
  readOrders: "orders.read",
  writeOrders: "orders.write",
  readSettings: "settings.read",
  writeSettings: "settings.write",
  writeStaff: "staff.write",
  readAudit: "audit.read",
  readJobs: "jobs.read",
  writeJobs: "jobs.write",
} as const;

export type Permission = (typeof MAY)[keyof typeof MAY];
