/** The shapes of the API under the words of the product. All of them are generated. */

import type { components } from "./schema.gen.ts";

type Shapes = components["schemas"];

export type Page<T> = { items: T[]; next_cursor?: string | null };

export type Session = Shapes["SessionView"];
export type Setup = Shapes["SetupState"];
export type SignIn = Shapes["SignIn"];
export type FirstAdministrator = Shapes["FirstAdministrator"];

export type Figure = Shapes["Figure"];
export type FigureUnit = Shapes["Unit"];
export type Cell = Shapes["Cell"];
export type ChannelRow = Shapes["ChannelRow"];
export type StaffRow = Shapes["StaffRow"];
export type Dashboard = Shapes["Dashboard"];
export type Metric = Shapes["MetricView"];
export type CustomerBehind = Shapes["CustomerBehind"];
export type OrderBehind = Shapes["OrderBehind"];
export type AttentionList = Shapes["AttentionList"];
export type FirstStep = Shapes["FirstStep"];
export type FirstSteps = Shapes["FirstSteps"];

export type Welcome = Shapes["Welcome"];
export type LiveCode = Shapes["LiveCodeView"];
export type LiveCodeState = LiveCode["state"];
export type LiveCodeWrite = Shapes["LiveCodeWrite"];
export type Channel = Shapes["ChannelView"];
export type ChannelName = Shapes["ChannelName"];
export type NewChannel = Shapes["NewChannel"];
export type Exposure = Shapes["Exposure"];

export type CustomerRow = Shapes["CustomerRow"];
export type Customer = Shapes["CustomerView"];
export type CustomField = Shapes["FieldView"];
export type NewCustomField = Shapes["NewField"];
export type CustomFieldChange = Shapes["FieldChange"];
export type FieldValue = Shapes["FieldValueView"];
export type FieldInput = FieldValue["value"];
export type Stage = Shapes["StageView"];
export type StageStep = Shapes["StageStep"];
export type KnownId = Shapes["KnownId"];
export type PersonCard = Shapes["PersonCard"];
export type JoinedPerson = Shapes["Joined"];
export type JoinedPeople = Shapes["People"];
export type MergeCandidate = Shapes["Candidate"];
export type MergePreview = Shapes["MergePreview"];
export type GroupRow = Shapes["GroupRow"];
export type Group = Shapes["GroupView"];
export type GroupMember = Shapes["MemberRow"];
export type AudienceRow = Shapes["AudienceRow"];
export type Audience = Shapes["AudienceView"];
export type NewAudience = Shapes["AudienceDraft"];
export type AudienceChange = Shapes["AudienceChange"];
export type AudienceVersion = Shapes["VersionView"];
export type AudienceUse = Shapes["UseView"];
export type AudienceUseDetail = Shapes["UseDetail"];
export type UsedBy = Shapes["UsedBy"];
export type ReachedCondition = Shapes["ReachedCondition"];
export type WhyReached = Shapes["WhyReached"];
export type AudienceOf = Shapes["AudienceOf"];
export type PeopleNamed = Shapes["PeopleNamed"];
export type SamplePerson = Shapes["SamplePerson"];
export type SizePoint = Shapes["SizePoint"];
export type AudiencePreview = Shapes["Preview"];
export type Why = Shapes["Why"];
export type Explained = Shapes["Explained"];
export type Has = Shapes["Has"];
export type RuleCatalogue = Shapes["Catalogue"];
export type RfmView = Shapes["RfmView"];
export type RfmPlan = Shapes["RfmPlanDraft"];
export type RfmCuts = Shapes["RfmCuts"];
export type RfmMatrix = Shapes["RfmMatrix"];
export type Build = Shapes["BuildView"];
export type Contact = Shapes["ContactView"];
export type TimelineEntry = Shapes["TimelineEntry"];
export type TrailNames = Shapes["TrailNames"];
export type TagLibrary = Shapes["TagLibrary"];
export type TagGroup = Shapes["TagGroupView"];
export type TagKind = TagGroup["source"];
export type NewTags = Shapes["NewTags"];
export type TagChange = Shapes["TagChange"];
export type TagOrder = Shapes["TagOrder"];
export type TagMark = Shapes["MarkView"];
export type MarkOne = Shapes["MarkOne"];
export type MarkMany = Shapes["MarkManyDraft"];
export type MarkEstimate = Shapes["Estimate"];
export type Marking = Shapes["MarkingView"];
export type TagRule = Shapes["RuleView"];
export type TagRuleDraft = Shapes["TagRuleDraft"];
export type TagTrigger = TagRule["trigger"];
export type Churn = Shapes["ChurnView"];
export type ChurnPlan = Shapes["ChurnPlanDraft"];
export type LostRow = Shapes["LostRow"];
export type SensitiveRow = Shapes["SensitiveRow"];
export type SensitiveDraft = Shapes["SensitiveDraft"];

export type Material = Shapes["MaterialSummary"];
export type MaterialFull = Shapes["MaterialView"];
export type MaterialDraft = Shapes["MaterialDraft"];
export type UploadedFile = Shapes["UploadedFile"];

export type Order = Shapes["OrderSummary"];
export type OrderFull = Shapes["OrderDetail"];
export type OrderSource = Shapes["SourceView"];
export type OrderSourceWithSecret = Shapes["SourceWithSecret"];

export type Connection = Shapes["WecomConnectionView"];
export type SetupStep = Shapes["SetupStep"];
export type WecomCredentials = Shapes["WecomCredentials"];
export type CallbackKeys = Shapes["CallbackKeys"];
export type TrustedDomain = Shapes["TrustedDomain"];
export type OfficialAccountCredentials = Shapes["OfficialAccountCredentials"];
export type Suite = Shapes["Suite"];
export type Probe = Shapes["ProbeView"];

export type Department = Shapes["DepartmentView"];
export type StaffAccount = Shapes["StaffAccountView"];
export type Employee = Shapes["EmployeeView"];
export type NewEmployee = Shapes["NewEmployee"];
export type EmployeeChange = Shapes["EmployeeChange"];

export type AuditEntry = Shapes["AuditView"];
export type CallbackRow = Shapes["CallbackRow"];
export type CallbackFull = Shapes["CallbackView"];
export type CallbackState = CallbackRow["state"];
export type CollectSource = Shapes["CollectSourceView"];
export type CollectSourceDraft = Shapes["CollectSourceDraft"];
export type LatestFact = Shapes["LiveEvent"];
export type Job = Shapes["JobRunView"];
export type JobState = Job["state"];
export type Troubles = Shapes["Troubles"];
export type Reconciliation = Shapes["ReconciliationView"];
export type Difference = Shapes["DifferenceView"];
