/** The permissions that the console asks for; the server knows the same words. */
export const MAY = {
  readDashboard: "dashboard.read",
  readLiveCodes: "live_codes.read",
  writeLiveCodes: "live_codes.write",
  readChannels: "channels.read",
  writeChannels: "channels.write",
  readCustomers: "customers.read",
  readTags: "tags.read",
  syncTags: "tags.sync",
  readMaterials: "materials.read",
  writeMaterials: "materials.write",
  readOrders: "orders.read",
  manageOrderSources: "order_sources.manage",
  manageConnection: "connection.manage",
  manageStaff: "staff.manage",
  readAudit: "audit.read",
  manageJobs: "jobs.manage",
} as const;

export type Permission = (typeof MAY)[keyof typeof MAY];
