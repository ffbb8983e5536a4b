import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  assignAccount,
  changeEmployee,
  createEmployee,
  listDepartments,
  listEmployees,
  listStaffAccounts,
} from "../api.ts";
import { labelOf } from "../labels.ts";

export const STAFF_KEY = ["staff"] as const;

export function useStaffAccounts() {
  return useQuery({ queryKey: [...STAFF_KEY, "accounts"], queryFn: listStaffAccounts });
}

export function useEmployees(enabled = true) {
  return useQuery({ queryKey: [...STAFF_KEY, "employees"], queryFn: listEmployees, enabled });
}

/** Staff accounts to choose from. */
export function useStaffOptions() {
  const { data } = useStaffAccounts();
  return data?.map((account) => ({
    value: String(account.id),
    label: labelOf(account, data),
    account,
  }));
}

export function useDepartments() {
  return useQuery({ queryKey: [...STAFF_KEY, "departments"], queryFn: listDepartments });
}

export function useEmployeeActs() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: STAFF_KEY });
  return {
    create: useMutation({ mutationFn: createEmployee, onSuccess }),
    change: useMutation({ mutationFn: changeEmployee, onSuccess }),
  };
}

export function useAssignAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: assignAccount,
    onSuccess: () => client.invalidateQueries({ queryKey: STAFF_KEY }),
  });
}
