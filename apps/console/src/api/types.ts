import type * as audit from '@yunheng/rpc/contract/audit';
import type * as auth from '@yunheng/rpc/contract/auth';
import type * as estate from '@yunheng/rpc/contract/estate';
import type * as requests from '@yunheng/rpc/contract/requests';

/** What a schema of the contract lets out; the schema itself stays on the server. */
type Out<S> = S extends { _zod: { output: infer O } } ? O : never;
type In<S> = S extends { _zod: { input: infer I } } ? I : never;

export type Session = NonNullable<Out<typeof auth.me.output>['user']>;
export type DemoIdentity = Out<typeof auth.demoIdentities.output>[number];
export type SystemStatus = Out<typeof auth.systemStatus.output>;
export type UserRow = Out<typeof auth.userRow>;
export type TokenRow = Out<typeof auth.tokenRow>;
export type NoticeRow = Out<typeof auth.noticeRow>;

export type CapacityOverview = Out<typeof estate.capacityOverview.output>;
export type PoolCapacity = Out<typeof estate.poolCapacity>;
export type PoolDetail = Out<typeof estate.poolDetail.output>;
export type Offers = Out<typeof estate.offers.output>;
export type CatalogItem = Out<typeof estate.catalogItem>;
export type SystemRow = Out<typeof estate.systemRow>;
export type SystemDetail = Out<typeof estate.systemDetail.output>;
export type AllocationRow = Out<typeof estate.allocationRow>;
export type DepartmentHome = Out<typeof estate.departmentHome.output>;

export type RequestContent = In<typeof requests.contentInput>;
export type Preview = Out<typeof requests.preview.output>;
export type Shortfall = Out<typeof requests.shortfall>;
export type RequestRow = Out<typeof requests.requestRow>;
export type RequestDetail = Out<typeof requests.requestDetail.output>;
export type LineView = Out<typeof requests.lineView>;
export type StepView = Out<typeof requests.stepView>;
export type TaskView = Out<typeof requests.taskView>;
export type EventView = Out<typeof requests.eventView>;

export type AuditRow = Out<typeof audit.auditRow>;
export type AuditVerify = Out<typeof audit.auditVerify.output>;
export type Verification = Out<typeof audit.verify.output>;
