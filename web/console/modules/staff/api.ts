import { api, done, take } from "@kit/api/client.ts";
import type {
  Department,
  Employee,
  EmployeeChange,
  NewEmployee,
  StaffAccount,
} from "@kit/api/types.ts";

export function listStaffAccounts(): Promise<StaffAccount[]> {
  return take(api.GET("/api/staff-accounts", {}));
}

export function listEmployees(): Promise<Employee[]> {
  return take(api.GET("/api/employees", {}));
}

export function createEmployee(body: NewEmployee): Promise<Employee> {
  return take(api.POST("/api/employees", { body }));
}

export function changeEmployee({ id, body }: { id: number; body: EmployeeChange }): Promise<void> {
  return done(
    api.PATCH("/api/employees/{employee_id}", { params: { path: { employee_id: id } }, body }),
  );
}

/** Says who runs a WeCom account; one employee may run several. */
export function assignAccount(to: { id: number; employee_id: number }): Promise<void> {
  return done(
    api.PUT("/api/staff-accounts/{staff_account_id}/employee", {
      params: { path: { staff_account_id: to.id } },
      body: { employee_id: to.employee_id },
    }),
  );
}

export function listDepartments(): Promise<Department[]> {
  return take(api.GET("/api/departments", {}));
}
