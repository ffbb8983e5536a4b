import { defineMessages } from "@kit/i18n/messages.ts";

type Names = Record<string, string>;

/** What privileged acts are called; an act not named here is shown by its code. */
export const auditWords = defineMessages({
  zh: {
    actions: {
      "employee.create_first_administrator": "建立第一个管理员",
      "employee.create": "添加员工",
      "employee.change": "修改员工",
      "staff_account.assign": "指定企微账号的运营人",
      "job.cancel": "取消后台任务",
      "job.resume": "继续后台任务",
      "job.retry": "重试后台任务",
      "parked_event.dismiss": "不再处理事件",
    } as Names,
  },
  en: {
    actions: {
      "employee.create_first_administrator": "First administrator made",
      "employee.create": "Employee added",
      "employee.change": "Employee changed",
      "staff_account.assign": "Staff account assigned",
      "job.cancel": "Job cancelled",
      "job.resume": "Job resumed",
      "job.retry": "Job tried again",
      "parked_event.dismiss": "Fact dismissed",
    } as Names,
  },
});
