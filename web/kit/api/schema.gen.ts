// Generated from web/openapi.json by `npm run gen`. Do not edit.

export interface paths {
    "/api/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Attention
         * @description Return what needs a person now.
         */
        get: operations["ApiAttentionAttention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Return audiences, the latest made first.
         */
        get: operations["ApiAudiencesPage"];
        put?: never;
        /**
         * Create
         * @description Make an audience; one with a rule is built in the background.
         */
        post: operations["ApiAudiencesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return everything about an audience, also of an archived one.
         */
        get: operations["ApiAudiencesAudienceIdShow"];
        /**
         * Update
         * @description Change an audience; a rule that differs becomes its next version and is built.
         */
        put: operations["ApiAudiencesAudienceIdUpdate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive
         * @description Put an audience away; refused (`audience_in_use`) while something needs it.
         */
        post: operations["ApiAudiencesAudienceIdArchiveArchive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/build": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Build
         * @description Build an audience anew, in the background.
         */
        post: operations["ApiAudiencesAudienceIdBuildBuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/build/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * CancelBuild
         * @description Ask the build that goes on to stop; `build` later goes on where it stopped.
         */
        post: operations["ApiAudiencesAudienceIdBuildCancelCancelBuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy
         * @description Make another audience like this one.
         */
        post: operations["ApiAudiencesAudienceIdCopyCopy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Members
         * @description Return members the reader may see, by their number.
         */
        get: operations["ApiAudiencesAudienceIdMembersMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add
         * @description Put people on a fixed list.
         */
        post: operations["ApiAudiencesAudienceIdPeopleAdd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/people/named": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * AddNamed
         * @description Put people on a fixed list whom lines name by phone number or id.
         */
        post: operations["ApiAudiencesAudienceIdPeopleNamedAddNamed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/people/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove
         * @description Take people off a fixed list.
         */
        post: operations["ApiAudiencesAudienceIdPeopleRemoveRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/sizes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sizes
         * @description Return how many were in an audience, by day; nothing for who sees some customers only.
         */
        get: operations["ApiAudiencesAudienceIdSizesSizes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Uses
         * @description Return what an audience was used for, the latest first.
         */
        get: operations["ApiAudiencesAudienceIdUsesUses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/{audience_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions
         * @description Return the versions of an audience's rule, the latest first.
         */
        get: operations["ApiAudiencesAudienceIdVersionsVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Offered
         * @description Return attributes, behaviours, custom fields, and whether scores can be asked.
         */
        get: operations["ApiAudiencesCatalogueOffered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/catalogue/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Choices
         * @description Return up to 100 tags, staff accounts … by words in their names, or those named by `id`.
         *
         *     Those that are gone have a name only when they are asked for by `id`.
         */
        get: operations["ApiAudiencesCatalogueChoicesChoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/of/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Of
         * @description Return the audiences a customer is in.
         */
        get: operations["ApiAudiencesOfCustomerIdOf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description Count who a rule fits and show some of them; hanging up stops it.
         */
        post: operations["ApiAudiencesPreviewPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/rfm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return how scores are made, the thresholds in force, and how the latest run went.
         */
        get: operations["ApiAudiencesRfmShow"];
        /**
         * Plan
         * @description Set how scores are made; they are made anew at once.
         */
        put: operations["ApiAudiencesRfmPlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/rfm/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Matrix
         * @description Return how many buyers have which recency and frequency, of those the reader may see.
         */
        get: operations["ApiAudiencesRfmMatrixMatrix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/rfm/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run
         * @description Make the thresholds anew now.
         */
        post: operations["ApiAudiencesRfmRunRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Schema
         * @description Return the JSON schema of a rule.
         */
        get: operations["ApiAudiencesSchemaSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/uses/{use_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Use
         * @description Return what an audience was used for, once, with the rule as it was then.
         */
        get: operations["ApiAudiencesUsesUseIdUse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/uses/{use_id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recipients
         * @description Return the recipients of a use whom the reader may see, by their number.
         */
        get: operations["ApiAudiencesUsesUseIdRecipientsRecipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/uses/{use_id}/why/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * WhyReached
         * @description Return why a customer was among the recipients of a use.
         */
        get: operations["ApiAudiencesUsesUseIdWhyCustomerIdWhyReached"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audiences/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Why
         * @description Tell why a customer is in an audience or would be in one of a rule, or not.
         */
        post: operations["ApiAudiencesWhyWhy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return who did what, latest first.
         */
        get: operations["ApiAuditShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Callbacks
         * @description List callbacks, latest first; `state=parked` are those that need a person.
         */
        get: operations["ApiCallbacksCallbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/callbacks/{callback_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Callback
         * @description Return one callback with its content; the reading is audited.
         */
        get: operations["ApiCallbacksCallbackIdCallback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/callbacks/{callback_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry
         * @description Have a parked callback read again.
         */
        post: operations["ApiCallbacksCallbackIdRetryRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Return channels with their figures, latest first.
         */
        get: operations["ApiChannelsPage"];
        put?: never;
        /**
         * Create
         * @description Make a channel.
         */
        post: operations["ApiChannelsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ChannelsReport
         * @description Return what each channel brought in a period.
         */
        get: operations["ApiChannelsReportChannelsReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{channel_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change
         * @description Change a channel.
         */
        patch: operations["ApiChannelsChannelIdChange"];
        trace?: never;
    };
    "/api/channels/{channel_id}/exposures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Expose
         * @description Enter how often a channel was shown; figures add up.
         */
        post: operations["ApiChannelsChannelIdExposuresExpose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names
         * @description Return all channels to choose from.
         */
        get: operations["ApiChannelsNamesNames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/churn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Overview
         * @description Return the plan and where things stand.
         */
        get: operations["ApiChurnOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/churn/lost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lost
         * @description Return friendships that ended, latest first.
         */
        get: operations["ApiChurnLostLost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/churn/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * ChangePlan
         * @description Set what is silent and which words are looked for.
         */
        put: operations["ApiChurnPlanChangePlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/churn/sensitive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sensitive
         * @description Return customers found to be sensitive, latest first.
         */
        get: operations["ApiChurnSensitiveSensitive"];
        put?: never;
        /**
         * Mark
         * @description Note that a customer is sensitive because somebody knows.
         */
        post: operations["ApiChurnSensitiveMark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/churn/sensitive/{mark_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Review
         * @description Confirm or dismiss.
         */
        post: operations["ApiChurnSensitiveMarkIdReviewReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collect-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListCollectSources
         * @description List the sources.
         */
        get: operations["ApiCollectSourcesListCollectSources"];
        put?: never;
        /**
         * CreateCollectSource
         * @description Connect a page or app.
         */
        post: operations["ApiCollectSourcesCreateCollectSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collect-sources/{source_id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * DisableCollectSource
         * @description Refuse reports of a source.
         */
        post: operations["ApiCollectSourcesSourceIdDisableDisableCollectSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collect-sources/{source_id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * EnableCollectSource
         * @description Take reports of a source again.
         */
        post: operations["ApiCollectSourcesSourceIdEnableEnableCollectSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/official-account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * SetOfficialAccount
         * @description Keep the official account's credentials, if WeChat accepts them.
         */
        put: operations["ApiConnectionOfficialAccountSetOfficialAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/official-account/push-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * NewPushKeys
         * @description Make address and keys for what the official account pushes; shown this once.
         */
        post: operations["ApiConnectionOfficialAccountPushKeysNewPushKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/wecom": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return how far the set-up is.
         */
        get: operations["ApiConnectionWecomShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/wecom/callback-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * NewCallbackKeys
         * @description Make address and keys for callbacks; shown this once.
         */
        post: operations["ApiConnectionWecomCallbackKeysNewCallbackKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/wecom/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * SetCredentials
         * @description Keep the app's credentials, if WeCom accepts them.
         */
        put: operations["ApiConnectionWecomCredentialsSetCredentials"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/wecom/diagnosis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Diagnosis
         * @description Probe each permission by calls that cannot change anything; count parked callbacks.
         */
        get: operations["ApiConnectionWecomDiagnosisDiagnosis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/wecom/domain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * SetDomain
         * @description Serve the verification file of the trusted domain.
         */
        put: operations["ApiConnectionWecomDomainSetDomain"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/wecom/suite-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * NewSuiteKeys
         * @description Make address and keys for a suite's instructions (unproven); shown this once.
         */
        post: operations["ApiConnectionWecomSuiteKeysNewSuiteKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connection/wecom/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sync
         * @description Start the sync of directory and customers.
         */
        post: operations["ApiConnectionWecomSyncSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer-acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin
         * @description Begin an act with a selection, once; above 1,000 people the number is confirmed.
         */
        post: operations["ApiCustomerActsBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer-selections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze
         * @description Keep who is chosen now; what is done with them within the hour reaches nobody else.
         */
        post: operations["ApiCustomerSelectionsFreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Views
         * @description Return what the reader kept, and what others share.
         */
        get: operations["ApiCustomerViewsViews"];
        put?: never;
        /**
         * Keep
         * @description Keep a list.
         */
        post: operations["ApiCustomerViewsKeep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer-views/{view_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change
         * @description Change a list that the reader kept.
         */
        put: operations["ApiCustomerViewsViewIdChange"];
        post?: never;
        /**
         * Remove
         * @description Remove a list that the reader kept.
         */
        delete: operations["ApiCustomerViewsViewIdRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Return customers the reader may see and all filters fit, in an order.
         */
        get: operations["ApiCustomersPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return everything about one customer.
         */
        get: operations["ApiCustomersCustomerIdShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Consents
         * @description Return what a customer said, and everything before.
         */
        get: operations["ApiCustomersCustomerIdConsentsConsents"];
        put?: never;
        /**
         * Note
         * @description Write down what a customer said.
         */
        post: operations["ApiCustomersCustomerIdConsentsNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erasure
         * @description Note that the customer's data is to be removed; to be confirmed.
         */
        post: operations["ApiCustomersCustomerIdErasureErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Values
         * @description Return what is noted of a customer, as far as the reader may see it.
         */
        get: operations["ApiCustomersCustomerIdFieldsValues"];
        /**
         * One
         * @description Note values of one customer; a null clears.
         */
        put: operations["ApiCustomersCustomerIdFieldsOne"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview
         * @description Return what merging a customer with another one would do.
         */
        get: operations["ApiCustomersCustomerIdMergePreview"];
        put?: never;
        /**
         * Merge
         * @description Let two customers be one; the older one stays.
         */
        post: operations["ApiCustomersCustomerIdMergeMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Package
         * @description Have a package of everything known of the customer made.
         */
        post: operations["ApiCustomersCustomerIdPackagePackage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People
         * @description Return a customer's ids with evidence, who was merged into them, and suggestions.
         */
        get: operations["ApiCustomersCustomerIdPeoplePeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/stage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * One
         * @description Bring a customer to a stage, or to none.
         */
        put: operations["ApiCustomersCustomerIdStageOne"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/stages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History
         * @description Return through which stages a customer went, latest first.
         */
        get: operations["ApiCustomersCustomerIdStagesHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return which tags the customer carries, why, by whom, and how long.
         */
        get: operations["ApiCustomersCustomerIdTagsShow"];
        put?: never;
        /**
         * Change
         * @description Put tags on the customer and take them off, corp tags at WeCom first.
         */
        post: operations["ApiCustomersCustomerIdTagsChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Timeline
         * @description Return a customer's trail, latest first; `kind` names types or subjects, by comma.
         */
        get: operations["ApiCustomersCustomerIdTimelineTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{customer_id}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unmerge
         * @description Take somebody who was merged into a customer out again.
         */
        post: operations["ApiCustomersCustomerIdUnmergeUnmerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/by-phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ByPhone
         * @description Return whose a phone number is; the list shows them by `customer`.
         */
        post: operations["ApiCustomersByPhoneByPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count
         * @description Return how many customers the list has.
         */
        get: operations["ApiCustomersCountCount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Many
         * @description Note the same values of up to 1,000 customers.
         */
        post: operations["ApiCustomersFieldsMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/stage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Many
         * @description Bring up to 1,000 customers to a stage.
         */
        post: operations["ApiCustomersStageMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dashboard
         * @description Return all figures of a period, today by default, beside the same weekdays before.
         */
        get: operations["ApiDashboardDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Departments
         * @description Return all departments.
         */
        get: operations["ApiDepartmentsDepartments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/employees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Employees
         * @description Return all employees.
         */
        get: operations["ApiEmployeesEmployees"];
        put?: never;
        /**
         * CreateEmployee
         * @description Make an employee who signs in by password.
         */
        post: operations["ApiEmployeesCreateEmployee"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/employees/{employee_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * ChangeEmployee
         * @description Change name, role, data scope, state or password of an employee.
         */
        patch: operations["ApiEmployeesEmployeeIdChangeEmployee"];
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen
         * @description Tell facts as they happen, within the data scope; `mine` for my own accounts only.
         *
         *     Each message is a fact as JSON; one of the type `resync` says that too much was
         *     missed and the page must load its state anew. After a break the browser's
         *     `Last-Event-ID` brings what happened meanwhile.
         */
        get: operations["ApiEventsListen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/recent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recent
         * @description Return the latest of these facts, newest first, for a page that has just opened.
         */
        get: operations["ApiEventsRecentRecent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Return lists that were asked for, latest first.
         */
        get: operations["ApiExportsPage"];
        put?: never;
        /**
         * Begin
         * @description Have a list written in the background.
         */
        post: operations["ApiExportsBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{export_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File
         * @description Return a finished list to whoever asked for it.
         */
        get: operations["ApiExportsExportIdFileFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Columns
         * @description Return the columns a list can have.
         */
        get: operations["ApiExportsColumnsColumns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/size": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Size
         * @description Count whom a list would be about.
         */
        post: operations["ApiExportsSizeSize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fields
         * @description Return the fields whose values the reader may see; managers see removed ones too.
         */
        get: operations["ApiFieldsFields"];
        put?: never;
        /**
         * Create
         * @description Make a field.
         */
        post: operations["ApiFieldsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fields/{field_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove
         * @description Remove a field; what was noted in it is kept, should it come back.
         */
        delete: operations["ApiFieldsFieldIdRemove"];
        options?: never;
        head?: never;
        /**
         * Change
         * @description Change a field.
         */
        patch: operations["ApiFieldsFieldIdChange"];
        trace?: never;
    };
    "/api/fields/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Order
         * @description Put all living fields into an order.
         */
        put: operations["ApiFieldsOrderOrder"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * UploadPicture
         * @description Store a picture (JPG, PNG, WebP or GIF, at most 8 MB), encoded anew.
         */
        post: operations["ApiFilesUploadPicture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/first-steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * FirstSteps
         * @description Return the checklist of a new enterprise.
         */
        get: operations["ApiFirstStepsFirstSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Return the groups of owners the reader may see, the latest first.
         */
        get: operations["ApiGroupsPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return everything about one group but its members.
         */
        get: operations["ApiGroupsGroupIdShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups/{group_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Members
         * @description Return who is in a group, or with `past` who was, the latest to join first.
         */
        get: operations["ApiGroupsGroupIdMembersMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Return uploaded files, latest first.
         */
        get: operations["ApiImportsPage"];
        put?: never;
        /**
         * Upload
         * @description Store a CSV or XLSX file, which is the body itself, and guess what its columns mean.
         */
        post: operations["ApiImportsUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return an uploaded file and how far it is.
         */
        get: operations["ApiImportsImportIdShow"];
        put?: never;
        post?: never;
        /**
         * Discard
         * @description Delete an uploaded file; what was imported from it stays.
         */
        delete: operations["ApiImportsImportIdDiscard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check
         * @description Count in the background what an import would do; nothing is written.
         */
        post: operations["ApiImportsImportIdCheckCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Settle
         * @description Keep what the columns mean.
         */
        put: operations["ApiImportsImportIdPlanSettle"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description Return the first rows as a plan would read them.
         */
        post: operations["ApiImportsImportIdPreviewPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Problems
         * @description Return the rows that stay out and why, or those about somebody of another row.
         *
         *     Until the import begins they are those of the last trial.
         */
        get: operations["ApiImportsImportIdProblemsProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}/problems.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ProblemsFile
         * @description Return the rows that stay out, as they came, and why, as CSV.
         */
        get: operations["ApiImportsImportIdProblemsCsvProblemsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start
         * @description Import in the background, or go on where it stopped.
         */
        post: operations["ApiImportsImportIdStartStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Runs
         * @description Return long jobs, latest first: all, or those the reader asked for.
         */
        get: operations["ApiJobsRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel
         * @description Ask a long job to stop: one's own, or any with `jobs.write`.
         */
        post: operations["ApiJobsRunIdCancelCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{run_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume
         * @description Let a failed or cancelled job go on where it stopped; whose, as for `cancel`.
         */
        post: operations["ApiJobsRunIdResumeResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/failed/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry
         * @description Try a failed job again.
         */
        post: operations["ApiJobsFailedJobIdRetryRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/parked/{reader}/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Dismiss
         * @description Take a parked fact off the list.
         */
        delete: operations["ApiJobsParkedReaderPositionDismiss"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/troubles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Troubles
         * @description Return jobs that failed for good and facts that were parked.
         */
        get: operations["ApiJobsTroublesTroubles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jssdk/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Config
         * @description Sign the page the caller is on; pages of other hosts are not signed.
         */
        get: operations["ApiJssdkConfigConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Return live codes, latest first.
         */
        get: operations["ApiLiveCodesPage"];
        put?: never;
        /**
         * Create
         * @description Make a live code; WeCom is told in the background.
         */
        post: operations["ApiLiveCodesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live-codes/{live_code_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return a live code.
         */
        get: operations["ApiLiveCodesLiveCodeIdShow"];
        /**
         * Change
         * @description Change a live code; printed pictures stay valid.
         */
        put: operations["ApiLiveCodesLiveCodeIdChange"];
        post?: never;
        /**
         * Remove
         * @description Take a live code out of use; printed pictures of it stop working.
         */
        delete: operations["ApiLiveCodesLiveCodeIdRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live-codes/{live_code_id}/qr.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Picture
         * @description Return the picture to print, as WeCom made it.
         */
        get: operations["ApiLiveCodesLiveCodeIdQrPngPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live-codes/{live_code_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry
         * @description Try once more what WeCom refused.
         */
        post: operations["ApiLiveCodesLiveCodeIdRetryRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/materials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListMaterials
         * @description List materials, latest first.
         */
        get: operations["ApiMaterialsListMaterials"];
        put?: never;
        /**
         * CreateMaterial
         * @description Keep a new article as a draft.
         */
        post: operations["ApiMaterialsCreateMaterial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/materials/{material_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadMaterial
         * @description Return a material with its text.
         */
        get: operations["ApiMaterialsMaterialIdReadMaterial"];
        /**
         * UpdateMaterial
         * @description Write a material anew.
         */
        put: operations["ApiMaterialsMaterialIdUpdateMaterial"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/materials/{material_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ArchiveMaterial
         * @description Take a material out of circulation.
         */
        post: operations["ApiMaterialsMaterialIdArchiveArchiveMaterial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/materials/{material_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PublishMaterial
         * @description Let staff share a material.
         */
        post: operations["ApiMaterialsMaterialIdPublishPublishMaterial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merge-candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Return suggestions between people the reader may see, latest first.
         */
        get: operations["ApiMergeCandidatesPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merge-candidates/{candidate_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide
         * @description Accept a suggestion (the two become one), or refuse it for good.
         */
        post: operations["ApiMergeCandidatesCandidateIdDecide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Return the metric dictionary.
         */
        get: operations["ApiMetricsMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metrics/{key}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders
         * @description Return the orders a figure counted.
         */
        get: operations["ApiMetricsKeyOrdersOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metrics/{key}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People
         * @description Return the customers a figure counted.
         */
        get: operations["ApiMetricsKeyPeoplePeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/order-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListSources
         * @description List the sources.
         */
        get: operations["ApiOrderSourcesListSources"];
        put?: never;
        /**
         * CreateSource
         * @description Connect a shop system; the secret is shown this once.
         */
        post: operations["ApiOrderSourcesCreateSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/order-sources/{source_id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * DisableSource
         * @description Refuse orders of a source.
         */
        post: operations["ApiOrderSourcesSourceIdDisableDisableSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/order-sources/{source_id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * EnableSource
         * @description Take orders of a source again.
         */
        post: operations["ApiOrderSourcesSourceIdEnableEnableSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/order-sources/{source_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * RotateSecret
         * @description Give a source a new secret, shown this once; the old one ends.
         */
        post: operations["ApiOrderSourcesSourceIdRotateRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListOrders
         * @description List orders, latest payment first; `paid_to` is exclusive.
         */
        get: operations["ApiOrdersListOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadOrder
         * @description Return an order with its lines, refunds and what it is owed to.
         */
        get: operations["ApiOrdersOrderIdReadOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Consents
         * @description Return who last said what about marketing, latest first.
         */
        get: operations["ApiPrivacyConsentsConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Erasures
         * @description Return wishes to be forgotten, latest first.
         */
        get: operations["ApiPrivacyErasuresErasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy/erasures/{erasure_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm
         * @description Remove the person from everywhere; there is no way back.
         */
        post: operations["ApiPrivacyErasuresErasureIdConfirmConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy/erasures/{erasure_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw
         * @description Drop a wish that was not confirmed.
         */
        post: operations["ApiPrivacyErasuresErasureIdWithdrawWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy/packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Packages
         * @description Return data packages, latest first.
         */
        get: operations["ApiPrivacyPackagesPackages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy/packages/{package_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File
         * @description Return a data package to whoever asked for it.
         */
        get: operations["ApiPrivacyPackagesPackageIdFileFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ranking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ranking
         * @description Return the staff accounts within the data scope in order of one figure.
         */
        get: operations["ApiRankingRanking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Overview
         * @description Return the plan and the latest runs.
         */
        get: operations["ApiReconciliationOverview"];
        put?: never;
        /**
         * Begin
         * @description Begin a run now.
         */
        post: operations["ApiReconciliationBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/{run_id}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Differences
         * @description Return what a run found.
         */
        get: operations["ApiReconciliationRunIdDifferencesDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Plan
         * @description Set when the nightly run is made.
         */
        put: operations["ApiReconciliationPlanPlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return who is signed in; null when nobody is, which is no error of the visitor's.
         */
        get: operations["ApiSessionShow"];
        put?: never;
        /**
         * SignIn
         * @description Sign in by name and password; the session comes as a cookie.
         */
        post: operations["ApiSessionSignIn"];
        /**
         * SignOut
         * @description Sign this browser out.
         */
        delete: operations["ApiSessionSignOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Tell whether the first administrator is still to be made.
         */
        get: operations["ApiSetupShow"];
        put?: never;
        /**
         * MakeAdministrator
         * @description Make the first administrator and sign in; needs the code the server printed.
         */
        post: operations["ApiSetupMakeAdministrator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * StaffAccounts
         * @description Return the staff accounts whose customers the actor may see.
         */
        get: operations["ApiStaffAccountsStaffAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff-accounts/{staff_account_id}/employee": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Assign
         * @description Let an employee run a staff account.
         */
        put: operations["ApiStaffAccountsStaffAccountIdEmployeeAssign"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/chat-customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ChatCustomer
         * @description Return the customer of the chat beside which the page is open.
         */
        get: operations["ApiStaffChatCustomerChatCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/materials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ShareableMaterials
         * @description List what may be shared, latest first.
         */
        get: operations["ApiStaffMaterialsShareableMaterials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Me
         * @description Return who I am and how today goes for me.
         */
        get: operations["ApiStaffMeMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/ranking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * StaffRanking
         * @description Return my own accounts among those of my departments, in order of one figure.
         */
        get: operations["ApiStaffRankingStaffRanking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * RecentReadings
         * @description List who has just read what I sent, latest first.
         */
        get: operations["ApiStaffReadingsRecentReadings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ShareMaterial
         * @description Make a tracked link to a material; it counts as shared once it is known to be sent.
         */
        post: operations["ApiStaffSharesShareMaterial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/shares/{touch_id}/sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ConfirmShare
         * @description Tell that WeCom sent a share; may be told again.
         */
        post: operations["ApiStaffSharesTouchIdSentConfirmShare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Today
         * @description Return whom to talk to now and why.
         */
        get: operations["ApiStaffTodayToday"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stages
         * @description Return the stages in their order, removed ones too: customers may still be in them.
         */
        get: operations["ApiStagesStages"];
        put?: never;
        /**
         * Create
         * @description Make a stage.
         */
        post: operations["ApiStagesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stages/{stage_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove
         * @description Remove a stage; who is in it stays there until moved.
         */
        delete: operations["ApiStagesStageIdRemove"];
        options?: never;
        head?: never;
        /**
         * Change
         * @description Rename a stage or bring it back.
         */
        patch: operations["ApiStagesStageIdChange"];
        trace?: never;
    };
    "/api/stages/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Order
         * @description Put all living stages into an order.
         */
        put: operations["ApiStagesOrderOrder"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stages/usual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Usual
         * @description Make the usual stages, where there are none yet.
         */
        post: operations["ApiStagesUsualUsual"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Library
         * @description Return all tags by group.
         */
        get: operations["ApiTagsLibrary"];
        put?: never;
        /**
         * Create
         * @description Make tags, at WeCom if they are corp tags.
         */
        post: operations["ApiTagsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/{tag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove
         * @description Delete a tag; customers lose it.
         */
        delete: operations["ApiTagsTagIdRemove"];
        options?: never;
        head?: never;
        /**
         * Change
         * @description Rename a tag, or move an internal one.
         */
        patch: operations["ApiTagsTagIdChange"];
        trace?: never;
    };
    "/api/tags/groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * RemoveGroup
         * @description Delete a group with its tags; customers lose them.
         */
        delete: operations["ApiTagsGroupsGroupIdRemoveGroup"];
        options?: never;
        head?: never;
        /**
         * ChangeGroup
         * @description Rename a group.
         */
        patch: operations["ApiTagsGroupsGroupIdChangeGroup"];
        trace?: never;
    };
    "/api/tags/markings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Markings
         * @description Return the latest runs of marking very many.
         */
        get: operations["ApiTagsMarkingsMarkings"];
        put?: never;
        /**
         * MarkMany
         * @description Begin to mark very many; above 1,000 people the head count has to be confirmed.
         */
        post: operations["ApiTagsMarkingsMarkMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/markings/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Estimate
         * @description Tell what marking very many would take.
         */
        post: operations["ApiTagsMarkingsEstimateEstimate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Order
         * @description Bring groups, or the tags of one, into another order.
         */
        put: operations["ApiTagsOrderOrder"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rules
         * @description Return the rules of automatic tags.
         */
        get: operations["ApiTagsRulesRules"];
        put?: never;
        /**
         * NewRule
         * @description Make a rule; only what happens from now on sets it off.
         */
        post: operations["ApiTagsRulesNewRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/rules/{rule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * ChangeRule
         * @description Change a rule, let it rest or go on.
         */
        put: operations["ApiTagsRulesRuleIdChangeRule"];
        post?: never;
        /**
         * RemoveRule
         * @description Take a rule away; tags it put on stay until their end.
         */
        delete: operations["ApiTagsRulesRuleIdRemoveRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/rules/behaviours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Behaviours
         * @description Return the behaviours that can set a rule off.
         */
        get: operations["ApiTagsRulesBehavioursBehaviours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description Tell how many people a rule would have tagged in the last seven days.
         */
        post: operations["ApiTagsRulesPreviewPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sync
         * @description Read all tags from WeCom anew, in the background.
         */
        post: operations["ApiTagsSyncSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AccountOwner */
        AccountOwner: {
            employee_id: number;
        };
        /** ActDraft */
        ActDraft: {
            act: components["schemas"]["MoveToStage"] | components["schemas"]["SetField"] | components["schemas"]["PutOnList"] | components["schemas"]["TakeOffList"];
            confirmed?: number | null;
            selection_id: number;
        };
        /** ActStarted */
        ActStarted: {
            audience_id?: number | null;
            changed: number;
            done: boolean;
            id: number;
            run_id: number;
        };
        /** AllOf */
        AllOf: {
            items: (components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"])[];
            /** @constant */
            kind: "all";
        };
        /** AnyOf */
        AnyOf: {
            items: (components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"])[];
            /** @constant */
            kind: "any";
        };
        /** AsOf */
        AsOf: {
            /** Format: date-time */
            at: string;
            lag_seconds: number;
        };
        /** Attention */
        Attention: {
            count: number;
            detail: string;
            /** @enum {string} */
            kind: "connection" | "parked_callbacks" | "failed_jobs" | "failed_runs" | "parked_facts" | "live_codes" | "welcomes" | "lost";
            link: string;
            title: string;
            urgent: boolean;
        };
        /** AttentionList */
        AttentionList: {
            /** Format: date-time */
            as_of: string;
            items: components["schemas"]["Attention"][];
        };
        /** Attribute */
        Attribute: {
            /** @constant */
            kind: "attribute";
            name: string;
            number?: number | null;
            /** @enum {string} */
            op: "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "contains" | "starts" | "in" | "not_in" | "within" | "empty" | "present";
            span?: components["schemas"]["Span"] | null;
            text?: string | null;
            values?: string[] | null;
        };
        /** AudienceChange */
        AudienceChange: {
            /** @default  */
            description?: string;
            /** @default false */
            dynamic?: boolean;
            name: string;
            rule?: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"] | null;
            version: number;
        };
        /** AudienceDraft */
        AudienceDraft: {
            customer_ids?: number[] | null;
            /** @default  */
            description?: string;
            /** @default false */
            dynamic?: boolean;
            /**
             * @default rule
             * @enum {string}
             */
            kind?: "rule" | "list";
            name: string;
            rule?: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"] | null;
        };
        /** AudienceOf */
        AudienceOf: {
            dynamic: boolean;
            id: number;
            /** @enum {string} */
            kind: "rule" | "list";
            name: string;
        };
        /** AudienceRow */
        AudienceRow: {
            archived_at: string | null;
            as_of: string | null;
            built_at: string | null;
            /** Format: date-time */
            changed_at: string;
            checked_at: string | null;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["people_customers_schemas_Named"] | null;
            description: string;
            dynamic: boolean;
            id: number;
            /** @enum {string} */
            kind: "rule" | "list";
            name: string;
            size: number | null;
            /** @enum {string} */
            state: "building" | "ready" | "behind";
            trend: components["schemas"]["SizePoint"][];
            used_by: components["schemas"]["UsedBy"][];
            version: number;
        };
        /** Choice */
        audiences_schemas_Choice: {
            group?: string | null;
            id: number;
            name: string;
        };
        /** AudienceThen */
        AudienceThen: {
            id: number;
            name: string;
            version: number;
        };
        /** AudienceView */
        AudienceView: {
            archived_at: string | null;
            as_of: string | null;
            build: components["schemas"]["BuildView"] | null;
            built_at: string | null;
            built_version: number | null;
            /** Format: date-time */
            changed_at: string;
            checked_at: string | null;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["people_customers_schemas_Named"] | null;
            description: string;
            dynamic: boolean;
            id: number;
            /** @enum {string} */
            kind: "rule" | "list";
            name: string;
            rule: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"] | null;
            size: number | null;
            stands_on: components["schemas"]["people_customers_schemas_Named"][];
            /** @enum {string} */
            state: "building" | "ready" | "behind";
            trend: components["schemas"]["SizePoint"][];
            used_by: components["schemas"]["UsedBy"][];
            version: number;
        };
        /** AuditView */
        AuditView: {
            action: string;
            actor_kind: string;
            actor_name: string;
            /** Format: date-time */
            at: string;
            details: {
                [key: string]: unknown;
            };
            id: number;
            ip: string;
            target_id: string;
            target_kind: string;
        };
        /** Basic */
        Basic: {
            /** @default [] */
            choices?: components["schemas"]["rules_attributes_Choice"][];
            /** @enum {string} */
            kind: "number" | "money" | "text" | "moment" | "choice" | "flag";
            name: string;
            /** @default false */
            optional?: boolean;
            /** @enum {null|string} */
            things?: "stage" | null;
            title: string;
        };
        /** Begun */
        Begun: {
            id: number;
        };
        /** Behaviour */
        Behaviour: {
            /** @constant */
            kind: "behaviour";
            /**
             * @default ge
             * @enum {string}
             */
            op?: "eq" | "ne" | "lt" | "le" | "gt" | "ge";
            /** @default 1 */
            times?: number;
            type: string;
            /** @default [] */
            where?: (components["schemas"]["Where"] | unknown)[];
            within?: components["schemas"]["Span"] | null;
        };
        /** Bought */
        Bought: {
            amount_fen?: number | null;
            /** @constant */
            kind: "orders";
            orders?: number | null;
        };
        /** BuildStarted */
        BuildStarted: {
            run_id: number;
        };
        /** BuildView */
        BuildView: {
            done: number;
            note: string;
            run_id: number;
            said: components["schemas"]["NoteData"];
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelling" | "cancelled";
            total: number | null;
        };
        /** CallbackKeys */
        CallbackKeys: {
            aes_key: string;
            token: string;
            url: string;
        };
        /** CallbackRow */
        CallbackRow: {
            change_type: string;
            event: string;
            fate: string;
            id: number;
            /** Format: date-time */
            received_at: string;
            /** @enum {string} */
            state: "waiting" | "done" | "parked";
            tries: number;
        };
        /** CallbackView */
        CallbackView: {
            change_type: string;
            event: string;
            fate: string;
            id: number;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            received_at: string;
            /** @enum {string} */
            state: "waiting" | "done" | "parked";
            tries: number;
            xml: string;
        };
        /** Came */
        Came: {
            /** @default [] */
            channel_ids?: (number | unknown)[];
            /** @constant */
            kind: "added";
            /** @default [] */
            live_code_ids?: (number | unknown)[];
        };
        /** Candidate */
        Candidate: {
            by: string | null;
            /** @enum {string} */
            confidence: "weak" | "strong" | "certain";
            decided_at: string | null;
            /** @enum {string} */
            evidence: "first_seen" | "oauth" | "unionid" | "external_userid" | "browser" | "customer_phone" | "order" | "order_phone" | "staff_remark" | "import" | "manual" | "unmerge";
            /** Format: date-time */
            found_at: string;
            id: number;
            one: components["schemas"]["PersonCard"];
            other: components["schemas"]["PersonCard"];
            reason: string;
            /** @enum {string} */
            state: "open" | "accepted" | "refused";
        };
        /** Catalogue */
        Catalogue: {
            attributes: components["schemas"]["Basic"][];
            behaviours: components["schemas"]["Doing"][];
            fields: components["schemas"]["FieldOffered"][];
            scored: boolean;
        };
        /** Cell */
        Cell: {
            value: number | null;
            why_code: string | null;
            why_unknown: string | null;
        };
        /** Changed */
        Changed: {
            changed: number;
        };
        /** ChannelChange */
        ChannelChange: {
            kind?: "parcel_card" | "store" | "poster" | "online" | "other";
            name?: string;
            note?: string;
        };
        /** ChannelName */
        ChannelName: {
            id: number;
            name: string;
        };
        /** ChannelNames */
        ChannelNames: {
            items: components["schemas"]["ChannelName"][];
        };
        /** ChannelRow */
        ChannelRow: {
            added: components["schemas"]["Cell"];
            channel_id: number | null;
            cost_fen: components["schemas"]["Cell"];
            exposed: components["schemas"]["Cell"];
            first_day_churn: components["schemas"]["Cell"];
            gmv_fen: components["schemas"]["Cell"];
            name: string;
            orders: components["schemas"]["Cell"];
            roi: components["schemas"]["Cell"];
        };
        /** Channels */
        Channels: {
            as_of: components["schemas"]["AsOf"];
            channels: components["schemas"]["ChannelRow"][];
            period: components["schemas"]["PeriodView"];
        };
        /** ChannelView */
        ChannelView: {
            cost_fen: number | null;
            exposed: number | null;
            friends_ever: number | null;
            gmv_fen: number | null;
            id: number;
            /** @enum {string} */
            kind: "parcel_card" | "store" | "poster" | "online" | "other";
            lost_first_day: number | null;
            name: string;
            note: string;
            orders: number | null;
            still_friends: number | null;
        };
        /** ChatCustomer */
        ChatCustomer: {
            avatar_url: string;
            customer_id: number;
            name: string;
        };
        /** Chosen */
        Chosen: {
            customer_ids: (number | unknown)[];
            /** @constant */
            kind: "chosen";
        };
        /** ChurnPlanDraft */
        ChurnPlanDraft: {
            silent_days: number;
            words: string[];
        };
        /** ChurnPlanView */
        ChurnPlanView: {
            is_default: boolean;
            silent_days: number;
            words: string[];
        };
        /** ChurnView */
        ChurnView: {
            lost_30_days: number;
            lost_by_customer_30_days: number;
            messages: ("service" | "archive" | "official")[];
            plan: components["schemas"]["ChurnPlanView"];
            sensitive: number;
            silent_rule: {
                [key: string]: unknown;
            };
            waiting_review: number;
        };
        /** CollectSourceDraft */
        CollectSourceDraft: {
            name: string;
            origins?: string[];
        };
        /** CollectSourceView */
        CollectSourceView: {
            /** Format: date-time */
            created_at: string;
            enabled: boolean;
            id: number;
            name: string;
            origins: string[];
            snippet: string;
            write_key: string;
        };
        /** Column */
        Column: {
            /** @default  */
            app_id?: string;
            field_id?: number | null;
            /** @enum {string} */
            means: "external_userid" | "unionid" | "openid" | "member" | "phone" | "name" | "gender" | "stage" | "tags" | "consent" | "field";
            place: number;
        };
        /** ColumnChoice */
        ColumnChoice: {
            name: string;
            title: string;
        };
        /** Confirmation */
        Confirmation: {
            word: string;
        };
        /** ConsentDraft */
        ConsentDraft: {
            /** @enum {string} */
            kind: "marketing" | "profiling";
            /** @default  */
            note?: string;
            /**
             * @default employee
             * @enum {string}
             */
            source?: "customer" | "employee";
            /** @enum {string} */
            state: "granted" | "refused";
        };
        /** ConsentRow */
        ConsentRow: {
            consent: components["schemas"]["ConsentView"];
            customer_id: number;
            customer_name: string;
        };
        /** ConsentView */
        ConsentView: {
            /** Format: date-time */
            at: string;
            by: string | null;
            id: number;
            /** @enum {string} */
            kind: "marketing" | "profiling";
            note: string;
            /** @enum {string} */
            source: "customer" | "employee" | "import";
            /** @enum {string} */
            state: "granted" | "refused";
        };
        /** ContactView */
        ContactView: {
            add_way: string | null;
            added_at: string | null;
            channel: components["schemas"]["people_customers_schemas_Named"] | null;
            description: string | null;
            first_add_at: string | null;
            id: number;
            live_code: components["schemas"]["people_customers_schemas_Named"] | null;
            lost_at: string | null;
            remark: string | null;
            staff: components["schemas"]["people_customers_schemas_StaffRef"];
            /** @enum {string} */
            state: "active" | "half" | "lost_by_customer" | "lost_by_staff" | "lost_by_transfer" | "lost";
            tags: components["schemas"]["people_customers_schemas_TagRef"][];
            /** Format: date-time */
            watched_since: string;
        };
        /** Crossed */
        Crossed: {
            audience_id: number;
            /** @default true */
            entered?: boolean;
            /** @constant */
            kind: "audience";
        };
        /** CustomerBehind */
        CustomerBehind: {
            avatar_url: string;
            id: number;
            last_add_at: string | null;
            name: string;
            staff: string[];
        };
        /** CustomerConsents */
        CustomerConsents: {
            history: components["schemas"]["ConsentView"][];
            /** @enum {null|string} */
            marketing: "granted" | "refused" | null;
            /** @enum {null|string} */
            profiling: "granted" | "refused" | null;
        };
        /** CustomerCount */
        CustomerCount: {
            /** Format: date-time */
            as_of: string;
            total: number;
        };
        /** CustomerPage */
        CustomerPage: {
            as_of?: string | null;
            items: components["schemas"]["CustomerRow"][];
            lag_seconds?: number | null;
            next_cursor?: string | null;
            total?: number | null;
        };
        /** CustomerRow */
        CustomerRow: {
            added_at: string | null;
            avatar_url: string | null;
            channel: components["schemas"]["people_customers_schemas_Named"] | null;
            gmv_fen: number | null;
            id: number;
            /** @enum {string} */
            kind: "wechat" | "wecom" | "unknown";
            last_paid_at: string | null;
            name: string;
            order_count: number | null;
            remark: string | null;
            staff: components["schemas"]["people_customers_schemas_StaffRef"][];
            stage: components["schemas"]["people_customers_schemas_Named"] | null;
            /** @enum {null|string} */
            state: "active" | "half" | "lost" | null;
            tags: components["schemas"]["people_customers_schemas_TagRef"][];
        };
        /** CustomerView */
        CustomerView: {
            avatar_url: string | null;
            contacts: components["schemas"]["ContactView"][];
            corp_name: string | null;
            first_add_at: string | null;
            /** @enum {null|string} */
            gender: "male" | "female" | null;
            gmv_fen: number | null;
            id: number;
            identities: components["schemas"]["IdentityView"][];
            /** @enum {string} */
            kind: "wechat" | "wecom" | "unknown";
            name: string;
            order_count: number | null;
            panels: {
                [key: string]: unknown;
            };
            phone_masked: string | null;
            /** @enum {null|string} */
            state: "active" | "half" | "lost" | null;
            tags: components["schemas"]["people_customers_schemas_TagRef"][];
            watching_since: string | null;
        };
        /** Dashboard */
        Dashboard: {
            as_of: components["schemas"]["AsOf"];
            channels: components["schemas"]["ChannelRow"][];
            compared_with: components["schemas"]["PeriodView"];
            figures: components["schemas"]["Figure"][];
            north_star: components["schemas"]["NorthStar"];
            period: components["schemas"]["PeriodView"];
            staff: components["schemas"]["StaffRow"][];
        };
        /** Decision */
        Decision: {
            accept: boolean;
            /** @default  */
            reason?: string;
        };
        /** DepartmentView */
        DepartmentView: {
            id: number;
            name: string;
            number: number;
            parent: number | null;
        };
        /** Did */
        Did: {
            /** @constant */
            kind: "behaviour";
            /** @default 1 */
            times?: number;
            type: string;
            /** @default [] */
            where?: (components["schemas"]["Where"] | unknown)[];
            within_days?: number | null;
        };
        /** DifferenceView */
        DifferenceView: {
            customer_id: number;
            customer_name: string;
            /** Format: date-time */
            found_at: string;
            id: number;
            /** @enum {string} */
            kind: "missing" | "returned" | "gone" | "details" | "remark" | "tags";
            staff_name: string;
        };
        /** Doing */
        Doing: {
            properties: components["schemas"]["Property"][];
            title: string;
            type: string;
        };
        /**
         * Drill
         * @description What a figure opens into.
         * @enum {string}
         */
        Drill: "people" | "orders";
        /** EmployeeChange */
        EmployeeChange: {
            name?: string;
            password?: string;
            role?: "admin" | "planner" | "manager" | "staff";
            scope?: "all" | "department" | "self";
            state?: "active" | "left";
            username?: string;
        };
        /** EmployeeView */
        EmployeeView: {
            has_password: boolean;
            id: number;
            name: string;
            /** @enum {string} */
            role: "admin" | "planner" | "manager" | "staff";
            /** @enum {string} */
            scope: "all" | "department" | "self";
            staff_accounts: components["schemas"]["OwnStaffAccount"][];
            /** @enum {string} */
            state: "active" | "left";
            username: string | null;
        };
        /** ErasureDraft */
        ErasureDraft: {
            /** @enum {string} */
            asked_by: "customer" | "enterprise";
            /** @default  */
            note?: string;
        };
        /** ErasureView */
        ErasureView: {
            /** Format: date-time */
            asked_at: string;
            asked_by: string;
            by: string | null;
            customer_id: number | null;
            customer_name: string | null;
            done_at: string | null;
            due_at: string | null;
            id: number;
            note: string;
            report: {
                [key: string]: unknown;
            };
            run_id: number | null;
            run_note: string;
            run_said: components["schemas"]["NoteData"];
            /** @enum {string} */
            state: "asked" | "confirmed" | "done" | "withdrawn";
        };
        /** Estimate */
        Estimate: {
            calls: number;
            confirm_above: number;
            customers: number;
            exact: boolean;
            seconds: number;
        };
        /** Explained */
        Explained: {
            has?: components["schemas"]["Has"] | null;
            holds: boolean;
            /** @default [] */
            items?: components["schemas"]["Explained"][];
            path: string;
            says: string;
        };
        /** ExportAbout */
        ExportAbout: {
            audience?: components["schemas"]["people_customers_schemas_Named"] | null;
            /** @default false */
            chosen?: boolean;
            filters?: components["schemas"]["SelectionDraft"] | null;
        };
        /** ExportDraft */
        ExportDraft: {
            columns: string[];
            /**
             * @default csv
             * @enum {string}
             */
            format?: "csv" | "xlsx";
            people?: number | null;
            /** @default false */
            phones?: boolean;
            wanted: components["schemas"]["ExportWanted"];
        };
        /** ExportSize */
        ExportSize: {
            confirm: boolean;
            people: number;
        };
        /** ExportView */
        ExportView: {
            about: components["schemas"]["ExportAbout"];
            by: string | null;
            /** Format: date-time */
            created_at: string;
            downloads: number;
            /** Format: date-time */
            expires_at: string;
            format: string;
            id: number;
            mine: boolean;
            note: string;
            phones: boolean;
            rows: number;
            run_id: number | null;
            said: components["schemas"]["NoteData"];
            /** @enum {string} */
            state: "waiting" | "running" | "ready" | "failed" | "cancelled" | "expired";
            titles: string[];
        };
        /** ExportWanted */
        ExportWanted: {
            audience_id?: number | null;
            customer_ids?: number[] | null;
            selection_id?: number | null;
        };
        /** Exposure */
        Exposure: {
            /** @default 0 */
            cost_fen?: number;
            count: number;
            /** @default printed */
            source?: string;
        };
        /** FailedJobView */
        FailedJobView: {
            attempts: number;
            /** Format: date-time */
            failed_at: string;
            id: number;
            kind: string;
            reason: string;
            said: components["schemas"]["NoteData"];
            title: string;
        };
        /** Field */
        Field: {
            choices?: number[] | null;
            days?: number | null;
            field_id: number;
            /** @constant */
            kind: "field";
            number?: number | null;
            /** @enum {string} */
            op: "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "contains" | "starts" | "in" | "not_in" | "within" | "anniversary" | "empty" | "present";
            since?: string | null;
            text?: string | null;
            until?: string | null;
        };
        /** FieldChange */
        FieldChange: {
            gone?: boolean;
            hint?: string;
            name?: string;
            options?: components["schemas"]["OptionInput"][];
            visible_to?: ("staff" | "manager" | "planner" | "admin")[];
        };
        /** FieldList */
        FieldList: {
            items: components["schemas"]["FieldView"][];
        };
        /** FieldOffered */
        FieldOffered: {
            id: number;
            /** @enum {string} */
            kind: "text" | "number" | "date" | "choice" | "choices" | "flag";
            name: string;
            options: components["schemas"]["OptionOffered"][];
        };
        /** FieldValueList */
        FieldValueList: {
            items: components["schemas"]["FieldValueView"][];
        };
        /** FieldValues */
        FieldValues: {
            values: {
                [key: string]: string | number | boolean | number[] | null;
            };
        };
        /** FieldValueView */
        FieldValueView: {
            by: string | null;
            field_id: number;
            /** Format: date-time */
            set_at: string;
            value: string | number | boolean | number[] | null;
        };
        /** FieldView */
        FieldView: {
            gone: boolean;
            hint: string;
            id: number;
            key: string;
            /** @enum {string} */
            kind: "text" | "number" | "date" | "choice" | "choices" | "flag";
            name: string;
            options: components["schemas"]["Option"][];
            visible_to: ("staff" | "manager" | "planner" | "admin")[];
        };
        /** Figure */
        Figure: {
            definition: string;
            drill: components["schemas"]["Drill"] | null;
            good_when_low: boolean;
            key: string;
            known: boolean;
            name: string;
            note: string | null;
            parts: components["schemas"]["Part"][];
            previous: number | null;
            series: components["schemas"]["Point"][];
            since: string | null;
            source: string;
            unit: components["schemas"]["Unit"];
            value: number | null;
            why_code: string | null;
            why_unknown: string | null;
        };
        /** FirstAdministrator */
        FirstAdministrator: {
            name: string;
            password: string;
            setup_code: string;
            tenant_name: string;
            username: string;
        };
        /** FirstStep */
        FirstStep: {
            allowed: boolean;
            detail: string;
            done: boolean;
            /** @enum {string} */
            key: "connect" | "sync" | "official_account" | "live_code" | "material" | "order_source" | "first_add";
            link: string;
            title: string;
        };
        /** FirstSteps */
        FirstSteps: {
            done: number;
            items: components["schemas"]["FirstStep"][];
            total: number;
        };
        /** Friendship */
        Friendship: {
            add_ways?: number[] | null;
            added?: components["schemas"]["Span"] | null;
            channel_ids?: number[] | null;
            first_added?: components["schemas"]["Span"] | null;
            /** @constant */
            kind: "contact";
            live_code_ids?: number[] | null;
            lost?: components["schemas"]["Span"] | null;
            lost_by?: ("customer" | "staff" | "transfer" | "unknown")[] | null;
            staff_account_ids?: number[] | null;
            states?: ("half" | "active" | "lost")[] | null;
            /** @default 1 */
            times?: number;
        };
        /** GroupRow */
        GroupRow: {
            /** Format: date-time */
            created_at: string;
            customers: number | null;
            id: number;
            members: number | null;
            name: string;
            owner: components["schemas"]["people_customers_schemas_StaffRef"] | null;
            /** @enum {string} */
            state: "active" | "owner_left" | "inheriting" | "dismissed";
        };
        /** GroupView */
        GroupView: {
            admins: components["schemas"]["people_customers_schemas_StaffRef"][];
            /** Format: date-time */
            created_at: string;
            customers: number | null;
            dismissed_at: string | null;
            id: number;
            members: number | null;
            name: string;
            notice: string;
            owner: components["schemas"]["people_customers_schemas_StaffRef"] | null;
            read_at: string | null;
            /** @enum {string} */
            state: "active" | "owner_left" | "inheriting" | "dismissed";
            /** Format: date-time */
            watched_since: string;
        };
        /** Named */
        growth_live_codes_schemas_Named: {
            id: number;
            name: string;
        };
        /** StaffRef */
        growth_live_codes_schemas_StaffRef: {
            avatar_url: string | null;
            id: number;
            name: string;
        };
        /** TagRef */
        growth_live_codes_schemas_TagRef: {
            group: string | null;
            id: number;
            name: string;
        };
        /** Has */
        Has: {
            at?: string | null;
            day?: string | null;
            /** @enum {string} */
            kind: "nothing" | "secret" | "texts" | "names" | "values" | "number" | "money" | "flag" | "moment" | "day" | "times" | "scores" | "friends" | "inside" | "outside";
            /** @default [] */
            numbers?: number[];
            /** @default [] */
            states?: string[];
            /** @default [] */
            texts?: string[];
        };
        /** Hearable */
        Hearable: {
            title: string;
            type: string;
        };
        /** IdentityView */
        IdentityView: {
            evidence: string;
            kind: string;
            linked_at: string | null;
            value: string;
        };
        /** ImportCounts */
        ImportCounts: {
            /** @default 0 */
            bad?: number;
            /** @default 0 */
            conflicting?: number;
            /** @default 0 */
            known?: number;
            /** @default 0 */
            new?: number;
            /** @default 0 */
            repeated?: number;
            /** @default 0 */
            rows?: number;
        };
        /** ImportPreview */
        ImportPreview: {
            header: string[];
            rows: components["schemas"]["PreviewRow"][];
        };
        /** ImportView */
        ImportView: {
            check_id: number | null;
            checked: components["schemas"]["ImportCounts"] | null;
            counts: components["schemas"]["ImportCounts"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            header: string[];
            id: number;
            name: string;
            plan: components["schemas"]["Plan"];
            problems: number;
            repeats: number;
            run_id: number | null;
            size: number;
            source: string;
            /** @enum {string} */
            state: "uploaded" | "checking" | "checked" | "running" | "done" | "failed" | "cancelled" | "expired";
        };
        /** InAudience */
        InAudience: {
            audience_id: number;
            /** @constant */
            kind: "audience";
        };
        /** InGroups */
        InGroups: {
            group_ids?: number[] | null;
            /** @constant */
            kind: "groups";
            /**
             * @default any
             * @enum {string}
             */
            mode?: "any" | "all";
        };
        /** JobRunView */
        JobRunView: {
            /** Format: date-time */
            created_at: string;
            done: number;
            finished_at: string | null;
            id: number;
            kind: string;
            mine: boolean;
            note: string;
            said: components["schemas"]["NoteData"];
            seconds_left: number | null;
            started_at: string | null;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelling" | "cancelled";
            title: string;
            total: number | null;
        };
        /** Joined */
        Joined: {
            at: string | null;
            by: string | null;
            /** @enum {string} */
            confidence: "weak" | "strong" | "certain";
            /** @enum {string} */
            evidence: "first_seen" | "oauth" | "unionid" | "external_userid" | "browser" | "customer_phone" | "order" | "order_phone" | "staff_remark" | "import" | "manual" | "unmerge";
            into_id: number;
            person: components["schemas"]["PersonCard"];
            reason: string;
        };
        /** JssdkConfig */
        JssdkConfig: {
            agent: components["schemas"]["PageSignature"];
            corp: components["schemas"]["PageSignature"];
            jssdk_url: string;
        };
        /** KeptView */
        KeptView: {
            by: string | null;
            /** Format: date-time */
            changed_at: string;
            columns: string[];
            filters: {
                [key: string]: string;
            };
            id: number;
            mine: boolean;
            name: string;
            rule: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"] | null;
            shared: boolean;
        };
        /** KnownId */
        KnownId: {
            /** @enum {string} */
            confidence: "weak" | "strong" | "certain";
            evidence: string;
            id: number;
            kind: string;
            linked_at: string | null;
            person_id: number;
            value: string;
        };
        /** LiveCodeView */
        LiveCodeView: {
            channel: components["schemas"]["growth_live_codes_schemas_Named"];
            /** Format: date-time */
            created_at: string;
            friends_ever: number | null;
            gmv_fen: number | null;
            has_picture: boolean;
            id: number;
            lost_first_day: number | null;
            name: string;
            orders: number | null;
            problem: string | null;
            skip_verify: boolean;
            staff: components["schemas"]["growth_live_codes_schemas_StaffRef"][];
            /** @enum {string} */
            state: "creating" | "active" | "failed" | "deleting" | "removed";
            still_friends: number | null;
            tags: components["schemas"]["growth_live_codes_schemas_TagRef"][];
            welcome: components["schemas"]["Welcome"];
        };
        /** LiveCodeWrite */
        LiveCodeWrite: {
            channel_id: number;
            name: string;
            /** @default true */
            skip_verify?: boolean;
            staff_account_ids: number[];
            tag_ids?: number[];
            welcome?: components["schemas"]["Welcome"];
        };
        /** LiveEvent */
        LiveEvent: {
            avatar_url: string | null;
            customer_id: number | null;
            customer_name: string | null;
            id: string;
            material_id: number | null;
            material_title: string | null;
            /** Format: date-time */
            occurred_at: string;
            properties: {
                [key: string]: unknown;
            };
            staff_account_id: number | null;
            staff_name: string | null;
            title: string;
            type: string;
        };
        /** LostRow */
        LostRow: {
            added_at: string | null;
            age_seconds: number | null;
            avatar_url: string | null;
            /** @enum {string} */
            by: "customer" | "staff" | "transfer" | "unknown";
            channel: components["schemas"]["people_customers_schemas_Named"] | null;
            contact_id: number;
            customer_id: number;
            has_other_friends: boolean;
            /** Format: date-time */
            lost_at: string;
            name: string;
            staff: components["schemas"]["people_customers_schemas_StaffRef"];
        };
        /** ManyFieldValues */
        ManyFieldValues: {
            customer_ids: number[];
            values: {
                [key: string]: string | number | boolean | number[] | null;
            };
        };
        /** ManyToStage */
        ManyToStage: {
            customer_ids: number[];
            /** @default  */
            reason?: string;
            stage_id: number | null;
        };
        /** MarkingStarted */
        MarkingStarted: {
            marking_id: number;
            run_id: number;
        };
        /** MarkingView */
        MarkingView: {
            add: string[];
            /** Format: date-time */
            created_at: string;
            done: number;
            employee: string | null;
            failed: number;
            finished_at: string | null;
            id: number;
            note: string;
            reason: string;
            remove: string[];
            run_id: number;
            said: components["schemas"]["NoteData"];
            seconds_left: number | null;
            state: string;
            total: number | null;
        };
        /** MarkManyDraft */
        MarkManyDraft: {
            /** @default [] */
            add?: (number | unknown)[];
            confirmed?: number | null;
            /** @default  */
            reason?: string;
            /** @default [] */
            remove?: (number | unknown)[];
            target: components["schemas"]["Chosen"] | components["schemas"]["OfAudience"] | components["schemas"]["Selected"];
        };
        /** MarkOne */
        MarkOne: {
            /** @default [] */
            add?: (number | unknown)[];
            contact_id?: number | null;
            ends_at?: string | null;
            /** @default  */
            reason?: string;
            /** @default [] */
            remove?: (number | unknown)[];
        };
        /** Marks */
        Marks: {
            items: components["schemas"]["MarkView"][];
        };
        /** MarkView */
        MarkView: {
            contact_id: number | null;
            employee: string | null;
            group: string;
            /** @enum {string} */
            kind: "wecom" | "internal";
            name: string;
            reason: string;
            /** Format: date-time */
            since: string;
            source: string;
            staff: string | null;
            tag_id: number;
            until: string | null;
        };
        /** MaterialDraft */
        MaterialDraft: {
            /** @default  */
            body?: string;
            cover_key?: string | null;
            /** @default  */
            summary?: string;
            title: string;
            topics?: string[];
        };
        /** MaterialSummary */
        MaterialSummary: {
            cover_url: string | null;
            /** Format: date-time */
            created_at: string;
            id: number;
            kind: string;
            published_at: string | null;
            slug: string;
            state: string;
            summary: string;
            title: string;
            topics: string[];
            /** Format: date-time */
            updated_at: string;
        };
        /** MaterialView */
        MaterialView: {
            body: string;
            cover_key: string | null;
            cover_url: string | null;
            /** Format: date-time */
            created_at: string;
            id: number;
            kind: string;
            published_at: string | null;
            slug: string;
            state: string;
            summary: string;
            title: string;
            topics: string[];
            /** Format: date-time */
            updated_at: string;
            url: string;
        };
        /** Me */
        Me: {
            accounts: components["schemas"]["OwnAccount"][];
            employee_id: number;
            name: string;
            numbers: components["schemas"]["Numbers"];
            staff_account_id: number | null;
        };
        /** MemberRow */
        MemberRow: {
            avatar_url: string | null;
            customer_id: number | null;
            id: number;
            invitor: string | null;
            /** Format: date-time */
            joined_at: string;
            /** @enum {string} */
            kind: "customer" | "staff";
            left_at: string | null;
            name: string;
            nickname: string | null;
            owner: boolean;
            /** @enum {null|string} */
            quit: "left" | "removed" | "dismissed" | "unknown" | null;
            /** @enum {string} */
            scene: "invited" | "link" | "code" | "unknown";
        };
        /** Merge */
        Merge: {
            other_id: number;
            reason: string;
        };
        /** MergePreview */
        MergePreview: {
            goes: components["schemas"]["PersonCard"];
            separated: boolean;
            stays: components["schemas"]["PersonCard"];
        };
        /** MetricView */
        MetricView: {
            definition: string;
            drill: components["schemas"]["Drill"] | null;
            good_when_low: boolean;
            key: string;
            name: string;
            source: string;
            unit: components["schemas"]["Unit"];
        };
        /** Moved */
        Moved: {
            changed: number;
        };
        /** MoveToStage */
        MoveToStage: {
            /** @constant */
            kind: "stage";
            /** @default  */
            reason?: string;
            stage_id: number | null;
        };
        /** NamedLine */
        NamedLine: {
            line: number;
        };
        /** NamedPeople */
        NamedPeople: {
            lines: string[];
        };
        /** NewChannel */
        NewChannel: {
            /**
             * @default other
             * @enum {string}
             */
            kind?: "parcel_card" | "store" | "poster" | "online" | "other";
            name: string;
            /** @default  */
            note?: string;
        };
        /** NewEmployee */
        NewEmployee: {
            name: string;
            password: string;
            /** @enum {string} */
            role: "admin" | "planner" | "manager" | "staff";
            /** @enum {null|string} */
            scope?: "all" | "department" | "self" | null;
            username: string;
        };
        /** NewField */
        NewField: {
            /** @default  */
            hint?: string;
            key?: string | null;
            /** @enum {string} */
            kind: "text" | "number" | "date" | "choice" | "choices" | "flag";
            name: string;
            options?: components["schemas"]["OptionInput"][];
            visible_to?: ("staff" | "manager" | "planner" | "admin")[];
        };
        /** NewFriend */
        NewFriend: {
            /** Format: date-time */
            added_at: string;
            again: boolean;
            avatar_url: string;
            channel: string | null;
            contact_id: number;
            customer_id: number;
            minutes_ago: number;
            name: string;
            reason: string;
            remark: string;
            staff_account_id: number;
            welcomed: boolean | null;
        };
        /** NewStage */
        NewStage: {
            name: string;
        };
        /** NewTags */
        NewTags: {
            group_id?: number | null;
            group_name?: string | null;
            names: (string | unknown)[];
            /** @enum {string} */
            source: "wecom" | "internal";
        };
        /** NoneOf */
        NoneOf: {
            items: (components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"])[];
            /** @constant */
            kind: "none";
        };
        /** NorthStar */
        NorthStar: {
            denominator: string;
            factors: string[];
            numerator: string;
            rate: string;
            sales: string;
        };
        /** NoteData */
        NoteData: {
            /** @default  */
            code?: string;
            values?: {
                [key: string]: number | string;
            };
        };
        /** Numbers */
        Numbers: {
            as_of: components["schemas"]["AsOf"] | null;
            figures: components["schemas"]["OwnFigure"][];
            why_unknown: string | null;
        };
        /** OfAudience */
        OfAudience: {
            audience_id: number;
            /** @constant */
            kind: "audience";
        };
        /** OfficialAccountCredentials */
        OfficialAccountCredentials: {
            app_id: string;
            secret: string;
        };
        /** Option */
        Option: {
            /** @default false */
            gone?: boolean;
            id: number;
            name: string;
        };
        /** OptionInput */
        OptionInput: {
            id?: number | null;
            name: string;
        };
        /** OptionOffered */
        OptionOffered: {
            id: number;
            name: string;
        };
        /** Order */
        Order: {
            ids: number[];
        };
        /** OrderBehind */
        OrderBehind: {
            amount_fen: number;
            customer_id: number | null;
            customer_name: string | null;
            id: number;
            number: string;
            /** Format: date-time */
            paid_at: string;
            refund_fen: number;
            state: string;
        };
        /** OrderDetail */
        OrderDetail: {
            amount_fen: number;
            currency: string;
            customer_id: number | null;
            customer_name: string | null;
            external_id: string;
            id: number;
            items: components["schemas"]["OrderLineView"][];
            match_method: string | null;
            matched_at: string | null;
            owed: components["schemas"]["Owed"] | null;
            /** Format: date-time */
            paid_at: string;
            phone: string | null;
            /** Format: date-time */
            received_at: string;
            refunded_fen: number;
            refunds: components["schemas"]["RefundView"][];
            source_id: number;
            source_name: string;
            state: string;
            window_days: number;
        };
        /** OrderLineView */
        OrderLineView: {
            amount_fen: number;
            name: string;
            quantity: number;
            sku: string;
        };
        /** OrderSummary */
        OrderSummary: {
            amount_fen: number;
            currency: string;
            customer_id: number | null;
            customer_name: string | null;
            external_id: string;
            id: number;
            match_method: string | null;
            owed: components["schemas"]["Owed"] | null;
            /** Format: date-time */
            paid_at: string;
            refunded_fen: number;
            source_id: number;
            source_name: string;
            state: string;
        };
        /** Owed */
        Owed: {
            amount_fen: number;
            /** Format: date-time */
            attributed_at: string;
            channel_id: number | null;
            material_id: number | null;
            material_title: string | null;
            method: string;
            staff_account_id: number | null;
            staff_name: string | null;
            touch_id: number | null;
            touch_kind: string | null;
        };
        /** OwnAccount */
        OwnAccount: {
            alias: string;
            avatar_url: string;
            can_contact: boolean;
            id: number;
            name: string;
            position: string;
            userid: string;
        };
        /** OwnFigure */
        OwnFigure: {
            definition: string;
            figure: components["schemas"]["Cell"];
            key: string;
            name: string;
            unit: components["schemas"]["Unit"];
        };
        /** OwnStaffAccount */
        OwnStaffAccount: {
            avatar_url: string;
            id: number;
            name: string;
            userid: string;
        };
        /** PackageView */
        PackageView: {
            /** Format: date-time */
            created_at: string;
            customer_id: number;
            customer_name: string;
            expired: boolean;
            /** Format: date-time */
            expires_at: string;
            id: number;
            mine: boolean;
            ready: boolean;
            run_id: number | null;
        };
        /** Page[JobRunView] */
        "Page_siyu.accounts.background.queries.JobRunView_": {
            items: components["schemas"]["JobRunView"][];
            next_cursor?: string | null;
        };
        /** Page[CallbackRow] */
        "Page_siyu.accounts.callbacks.schemas.CallbackRow_": {
            items: components["schemas"]["CallbackRow"][];
            next_cursor?: string | null;
        };
        /** Page[AuditView] */
        "Page_siyu.accounts.schemas.AuditView_": {
            items: components["schemas"]["AuditView"][];
            next_cursor?: string | null;
        };
        /** Page[MaterialSummary] */
        "Page_siyu.content.schemas.MaterialSummary_": {
            items: components["schemas"]["MaterialSummary"][];
            next_cursor?: string | null;
        };
        /** Page[OrderSummary] */
        "Page_siyu.conversion.attribution.schemas.OrderSummary_": {
            items: components["schemas"]["OrderSummary"][];
            next_cursor?: string | null;
        };
        /** Page[ChannelView] */
        "Page_siyu.growth.channels.schemas.ChannelView_": {
            items: components["schemas"]["ChannelView"][];
            next_cursor?: string | null;
        };
        /** Page[LiveCodeView] */
        "Page_siyu.growth.live_codes.schemas.LiveCodeView_": {
            items: components["schemas"]["LiveCodeView"][];
            next_cursor?: string | null;
        };
        /** Page[CustomerBehind] */
        "Page_siyu.insight.drilldown.schemas.CustomerBehind_": {
            items: components["schemas"]["CustomerBehind"][];
            next_cursor?: string | null;
        };
        /** Page[OrderBehind] */
        "Page_siyu.insight.drilldown.schemas.OrderBehind_": {
            items: components["schemas"]["OrderBehind"][];
            next_cursor?: string | null;
        };
        /** Page[AudienceRow] */
        "Page_siyu.people.audiences.schemas.AudienceRow_": {
            items: components["schemas"]["AudienceRow"][];
            next_cursor?: string | null;
        };
        /** Page[SamplePerson] */
        "Page_siyu.people.audiences.schemas.SamplePerson_": {
            items: components["schemas"]["SamplePerson"][];
            next_cursor?: string | null;
        };
        /** Page[UseView] */
        "Page_siyu.people.audiences.schemas.UseView_": {
            items: components["schemas"]["UseView"][];
            next_cursor?: string | null;
        };
        /** Page[VersionView] */
        "Page_siyu.people.audiences.schemas.VersionView_": {
            items: components["schemas"]["VersionView"][];
            next_cursor?: string | null;
        };
        /** Page[LostRow] */
        "Page_siyu.people.churn.schemas.LostRow_": {
            items: components["schemas"]["LostRow"][];
            next_cursor?: string | null;
        };
        /** Page[SensitiveRow] */
        "Page_siyu.people.churn.schemas.SensitiveRow_": {
            items: components["schemas"]["SensitiveRow"][];
            next_cursor?: string | null;
        };
        /** Page[TimelineEntry] */
        "Page_siyu.people.customers.schemas.TimelineEntry_": {
            items: components["schemas"]["TimelineEntry"][];
            next_cursor?: string | null;
        };
        /** Page[ExportView] */
        "Page_siyu.people.exchange.export_schemas.ExportView_": {
            items: components["schemas"]["ExportView"][];
            next_cursor?: string | null;
        };
        /** Page[ProblemView] */
        "Page_siyu.people.exchange.faults.ProblemView_": {
            items: components["schemas"]["ProblemView"][];
            next_cursor?: string | null;
        };
        /** Page[ImportView] */
        "Page_siyu.people.exchange.imports.ImportView_": {
            items: components["schemas"]["ImportView"][];
            next_cursor?: string | null;
        };
        /** Page[GroupRow] */
        "Page_siyu.people.groups.schemas.GroupRow_": {
            items: components["schemas"]["GroupRow"][];
            next_cursor?: string | null;
        };
        /** Page[MemberRow] */
        "Page_siyu.people.groups.schemas.MemberRow_": {
            items: components["schemas"]["MemberRow"][];
            next_cursor?: string | null;
        };
        /** Page[Candidate] */
        "Page_siyu.people.identity.schemas.Candidate_": {
            items: components["schemas"]["Candidate"][];
            next_cursor?: string | null;
        };
        /** Page[ConsentRow] */
        "Page_siyu.people.privacy.consents.ConsentRow_": {
            items: components["schemas"]["ConsentRow"][];
            next_cursor?: string | null;
        };
        /** Page[ErasureView] */
        "Page_siyu.people.privacy.erasures.ErasureView_": {
            items: components["schemas"]["ErasureView"][];
            next_cursor?: string | null;
        };
        /** Page[PackageView] */
        "Page_siyu.people.privacy.packing.PackageView_": {
            items: components["schemas"]["PackageView"][];
            next_cursor?: string | null;
        };
        /** Page[DifferenceView] */
        "Page_siyu.people.reconciliation.queries.DifferenceView_": {
            items: components["schemas"]["DifferenceView"][];
            next_cursor?: string | null;
        };
        /** PageSignature */
        PageSignature: {
            agentId?: number | null;
            appId: string;
            nonceStr: string;
            signature: string;
            timestamp: number;
        };
        /** ParkedEventView */
        ParkedEventView: {
            error: string;
            /** Format: date-time */
            parked_at: string;
            position: number;
            reader: string;
            type: string;
        };
        /** Part */
        Part: {
            key: string;
            name: string;
            value: number | null;
            why_code: string | null;
            why_unknown: string | null;
        };
        /** People */
        People: {
            candidates: components["schemas"]["Candidate"][];
            identities: components["schemas"]["KnownId"][];
            joined: components["schemas"]["Joined"][];
            more_candidates: boolean;
        };
        /** Named */
        people_customers_schemas_Named: {
            id: number;
            name: string;
        };
        /** StaffRef */
        people_customers_schemas_StaffRef: {
            avatar_url: string | null;
            id: number;
            name: string;
        };
        /** TagRef */
        people_customers_schemas_TagRef: {
            group: string | null;
            id: number;
            name: string;
        };
        /** PeopleChange */
        PeopleChange: {
            customer_ids: number[];
        };
        /** PeopleChanged */
        PeopleChanged: {
            changed: number;
            size: number | null;
        };
        /** PeopleNamed */
        PeopleNamed: {
            added: number;
            ambiguous: components["schemas"]["NamedLine"][];
            known: number;
            missing: components["schemas"]["NamedLine"][];
            size: number | null;
        };
        /** PeriodView */
        PeriodView: {
            /** Format: date-time */
            end: string;
            /** Format: date */
            first: string;
            /** Format: date */
            last: string;
            /** Format: date-time */
            start: string;
            step: string;
            timezone: string;
        };
        /** PersonCard */
        PersonCard: {
            avatar_url: string | null;
            /** Format: date-time */
            created_at: string;
            id: number;
            identities: components["schemas"]["KnownId"][];
            name: string;
            staff: string[];
        };
        /** Phone */
        Phone: {
            phone: string;
        };
        /** PhoneFound */
        PhoneFound: {
            customer_id: number | null;
        };
        /** Plan */
        Plan: {
            columns: components["schemas"]["Column"][];
            /**
             * @default utf-8
             * @enum {string}
             */
            encoding?: "utf-8" | "gb18030" | "utf-16";
            /**
             * @default keep
             * @enum {string}
             */
            existing?: "keep" | "replace";
            /** @default true */
            header?: boolean;
            /**
             * @default ,
             * @enum {string}
             */
            separator?: "," | "\t" | ";" | "|";
        };
        /** PlanDraft */
        PlanDraft: {
            enabled: boolean;
            hour: number;
        };
        /** PlanView */
        PlanView: {
            enabled: boolean;
            hour: number;
        };
        /** Point */
        Point: {
            /** Format: date-time */
            at: string;
            value: number | null;
        };
        /** Preview */
        Preview: {
            /** Format: date-time */
            as_of: string;
            count: number;
            lag_seconds: number;
            ms: number;
            sample: components["schemas"]["SamplePerson"][];
        };
        /** PreviewRow */
        PreviewRow: {
            cells: string[];
            /** @enum {string} */
            fate: "new" | "known" | "repeated" | "conflicting" | "bad";
            line: number;
            problems: components["schemas"]["Problem"][];
        };
        /** ProbeView */
        ProbeView: {
            count?: number | null;
            detail: string;
            /** @default  */
            egress?: string;
            errcode: number | null;
            fix: string;
            key: string;
            /** @default  */
            permission?: string;
            /** @enum {string} */
            state: "granted" | "missing" | "unknown";
            title: string;
        };
        /** Problem */
        Problem: {
            message: string;
            place: number;
        };
        /** ProblemView */
        ProblemView: {
            column: string;
            line: number;
            message: string;
            repeats?: number | null;
            value?: string | null;
        };
        /** Property */
        Property: {
            always: boolean;
            /** @default [] */
            choices?: components["schemas"]["rules_attributes_Choice"][];
            /** @enum {string} */
            kind: "number" | "money" | "text" | "choice" | "flag" | "thing" | "open";
            name: string;
            things?: string | null;
            title: string;
            /** @default true */
            whole?: boolean;
        };
        /** PutOnList */
        PutOnList: {
            audience_id?: number | null;
            /** @constant */
            kind: "list_add";
            name?: string | null;
        };
        /** Ranking */
        Ranking: {
            as_of: components["schemas"]["AsOf"];
            by: string;
            period: components["schemas"]["PeriodView"];
            staff: components["schemas"]["StaffRow"][];
        };
        /** ReachedCondition */
        ReachedCondition: {
            held: boolean;
            path: string;
        };
        /** Reading */
        Reading: {
            customer_avatar_url: string;
            customer_id: number;
            customer_name: string;
            depth: number;
            ended: boolean;
            forwarded: boolean;
            last_beat_at: string | null;
            material_id: number;
            seconds: number;
            title: string;
            /** Format: date-time */
            viewed_at: string;
            visit_id: number;
        };
        /** ReconciliationView */
        ReconciliationView: {
            plan: components["schemas"]["PlanView"];
            runs: components["schemas"]["RunView"][];
        };
        /** RefundView */
        RefundView: {
            refund_fen: number;
            /** Format: date-time */
            refunded_at: string;
        };
        /** Review */
        Review: {
            /** @enum {string} */
            state: "confirmed" | "dismissed";
        };
        /** Rfm */
        Rfm: {
            frequency?: number[] | null;
            /** @constant */
            kind: "rfm";
            money?: number[] | null;
            recency?: number[] | null;
        };
        /** RfmCell */
        RfmCell: {
            frequency: number;
            gmv_fen: number;
            people: number;
            recency: number;
        };
        /** RfmCuts */
        RfmCuts: {
            frequency: number[];
            money_fen: number[];
            recency_days: number[];
        };
        /** RfmMatrix */
        RfmMatrix: {
            /** Format: date-time */
            as_of: string;
            cells: components["schemas"]["RfmCell"][];
            lag_seconds: number;
        };
        /** RfmPlanDraft */
        RfmPlanDraft: {
            cuts?: components["schemas"]["RfmCuts"] | null;
            /** @default true */
            enabled?: boolean;
            /** @default 4 */
            hour?: number;
            /** @enum {string} */
            mode: "quantile" | "fixed";
            /** @default 365 */
            window_days?: number | null;
        };
        /** RfmVersionView */
        RfmVersionView: {
            /** Format: date-time */
            as_of: string;
            /** Format: date-time */
            at: string;
            buyers: number;
            frequency: number[];
            id: number;
            /** @enum {string} */
            mode: "quantile" | "fixed";
            money_fen: number[];
            recency_seconds: number[];
            window_days: number | null;
        };
        /** RfmView */
        RfmView: {
            build: components["schemas"]["BuildView"] | null;
            plan: components["schemas"]["RfmPlanDraft"];
            version: components["schemas"]["RfmVersionView"] | null;
        };
        /** RuleAsked */
        RuleAsked: {
            audience_id?: number | null;
            rule: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"];
        };
        /** RulePreview */
        RulePreview: {
            at_least: boolean;
            people: number | null;
        };
        /** Choice */
        rules_attributes_Choice: {
            title: string;
            value: string;
        };
        /** RuleSaved */
        RuleSaved: {
            id: number;
        };
        /** RuleView */
        RuleView: {
            active: boolean;
            /** Format: date-time */
            active_since: string;
            add: components["schemas"]["TagName"][];
            ends_days: number | null;
            id: number;
            name: string;
            reason: string;
            remove: components["schemas"]["TagName"][];
            trigger: components["schemas"]["Did"] | components["schemas"]["Bought"] | components["schemas"]["Came"] | components["schemas"]["Crossed"] | components["schemas"]["Said"];
        };
        /** RunBegun */
        RunBegun: {
            run_id: number;
        };
        /** RunStarted */
        RunStarted: {
            run_id: number;
        };
        /** RunView */
        RunView: {
            /** Format: date-time */
            created_at: string;
            differences: {
                [key: string]: number;
            };
            done: number;
            finished_at: string | null;
            id: number;
            note: string;
            said: components["schemas"]["NoteData"];
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelling" | "cancelled";
            total: number | null;
        };
        /** Said */
        Said: {
            /** @constant */
            kind: "keyword";
            words: (string | unknown)[];
        };
        /** SamplePerson */
        SamplePerson: {
            avatar_url: string | null;
            id: number;
            last_add_at: string | null;
            name: string;
            staff: components["schemas"]["people_customers_schemas_StaffRef"][];
            /** @enum {string} */
            state: "active" | "half" | "lost";
        };
        /** Selected */
        Selected: {
            /** @constant */
            kind: "selection";
            selection_id: number;
        };
        /** SelectionDraft */
        SelectionDraft: {
            channel?: number | null;
            customer?: number | null;
            customer_ids?: number[] | null;
            imported?: number | null;
            live_code?: number | null;
            /** @default  */
            q?: string;
            rule?: string | null;
            staff?: number | null;
            /**
             * @default all
             * @enum {string}
             */
            state?: "active" | "lost" | "none" | "all";
            /** @default [] */
            tag?: (number | unknown)[];
        };
        /** SelectionView */
        SelectionView: {
            /** Format: date-time */
            as_of: string;
            confirm_above: number;
            id: number;
            people: number;
        };
        /** SensitiveDraft */
        SensitiveDraft: {
            customer_id: number;
            reason: string;
        };
        /** SensitiveRow */
        SensitiveRow: {
            avatar_url: string | null;
            customer_id: number;
            employee: string | null;
            /** Format: date-time */
            found_at: string;
            id: number;
            name: string;
            reason: string;
            reviewed_at: string | null;
            source: string;
            /** @enum {string} */
            state: "found" | "confirmed" | "dismissed";
            words: string[];
        };
        /** SessionView */
        SessionView: {
            employee_id: number;
            name: string;
            permissions: string[];
            /** @enum {string} */
            role: "admin" | "planner" | "manager" | "staff";
            /** @enum {string} */
            scope: "all" | "department" | "self";
            staff_account_id: number | null;
            staff_accounts: components["schemas"]["OwnStaffAccount"][];
            tenant: components["schemas"]["TenantView"];
        };
        /** SetField */
        SetField: {
            field_id: number;
            /** @constant */
            kind: "field";
            value?: string | number | boolean | number[] | null;
        };
        /** SetupState */
        SetupState: {
            needs_administrator: boolean;
            tenant_name: string;
        };
        /** SetupStep */
        SetupStep: {
            at: string | null;
            detail: string;
            /** @enum {string} */
            key: "credentials" | "callback" | "domain" | "directory" | "customers" | "official_account";
            /** @enum {string} */
            state: "todo" | "done" | "failed";
            title: string;
        };
        /** Share */
        Share: {
            cover_url: string | null;
            description: string;
            title: string;
            touch: string;
            touch_id: number;
            tracked_link_id: number;
            url: string;
        };
        /** ShareRequest */
        ShareRequest: {
            customer_id?: number | null;
            material_id: number;
            staff_account_id?: number | null;
        };
        /** SignIn */
        SignIn: {
            password: string;
            username: string;
        };
        /** SizePoint */
        SizePoint: {
            /** Format: date */
            day: string;
            size: number;
        };
        /** SourceDraft */
        SourceDraft: {
            name: string;
        };
        /** SourceView */
        SourceView: {
            /** Format: date-time */
            created_at: string;
            enabled: boolean;
            id: number;
            key: string;
            last_order_at: string | null;
            name: string;
            orders_url: string;
            rotated_at: string | null;
        };
        /** SourceWithSecret */
        SourceWithSecret: {
            /** Format: date-time */
            created_at: string;
            enabled: boolean;
            id: number;
            key: string;
            last_order_at: string | null;
            name: string;
            orders_url: string;
            rotated_at: string | null;
            secret: string;
        };
        /** Span */
        Span: {
            last?: number | null;
            older?: number | null;
            since?: string | null;
            /**
             * @default day
             * @enum {string}
             */
            unit?: "hour" | "day";
            until?: string | null;
        };
        /** StaffAccountView */
        StaffAccountView: {
            alias: string;
            avatar_url: string;
            can_contact: boolean;
            departments: string[];
            employee_id: number;
            employee_name: string;
            id: number;
            name: string;
            position: string;
            /** @enum {string} */
            state: "active" | "disabled" | "inactive" | "gone";
            userid: string;
        };
        /** StaffRow */
        StaffRow: {
            added: components["schemas"]["Cell"];
            avatar_url: string;
            gmv_fen: components["schemas"]["Cell"];
            mine: boolean;
            name: string;
            orders: components["schemas"]["Cell"];
            rank: number;
            readings: components["schemas"]["Cell"];
            staff_account_id: number;
        };
        /** StageEdit */
        StageEdit: {
            gone?: boolean;
            name?: string;
        };
        /** StageHistory */
        StageHistory: {
            items: components["schemas"]["StageStep"][];
        };
        /** StageList */
        StageList: {
            items: components["schemas"]["StageView"][];
        };
        /** StageOrder */
        StageOrder: {
            ids: number[];
        };
        /** StageStep */
        StageStep: {
            /** Format: date-time */
            at: string;
            by: string | null;
            reason: string;
            stage: string | null;
            stage_id: number | null;
        };
        /** StageView */
        StageView: {
            gone: boolean;
            id: number;
            name: string;
        };
        /** Standing */
        Standing: {
            customer_id: number;
        };
        /** Suite */
        Suite: {
            suite_id: string;
        };
        /** SyncStarted */
        SyncStarted: {
            run_id: number;
        };
        /** TagChange */
        TagChange: {
            group_id?: number;
            name?: string;
            was?: string | null;
        };
        /** TagGroupView */
        TagGroupView: {
            id: number;
            name: string;
            /** @enum {string} */
            source: "wecom" | "internal";
            tags: components["schemas"]["TagView"][];
        };
        /** TagLibrary */
        TagLibrary: {
            counted_at: string | null;
            items: components["schemas"]["TagGroupView"][];
            wecom_read_at: string | null;
        };
        /** TagName */
        TagName: {
            gone: boolean;
            id: number;
            name: string;
        };
        /** TagOrder */
        TagOrder: {
            group_id?: number | null;
            ids: (number | unknown)[];
        };
        /** TagRuleDraft */
        TagRuleDraft: {
            /** @default true */
            active?: boolean;
            /** @default [] */
            add?: (number | unknown)[];
            ends_days?: number | null;
            name: string;
            /** @default  */
            reason?: string;
            /** @default [] */
            remove?: (number | unknown)[];
            trigger: components["schemas"]["Did"] | components["schemas"]["Bought"] | components["schemas"]["Came"] | components["schemas"]["Crossed"] | components["schemas"]["Said"];
        };
        /** Tags */
        Tags: {
            /** @constant */
            kind: "tags";
            /**
             * @default wecom
             * @enum {string}
             */
            mode?: "wecom" | "any" | "all" | "none";
            /** @default false */
            past?: boolean;
            tag_ids: (number | unknown)[];
        };
        /** TagView */
        TagView: {
            customers: number | null;
            id: number;
            name: string;
            /** @enum {string} */
            source: "wecom" | "internal";
        };
        /** TakeOffList */
        TakeOffList: {
            audience_id: number;
            /** @constant */
            kind: "list_remove";
        };
        /** TenantView */
        TenantView: {
            id: number;
            name: string;
            timezone: string;
        };
        /** TimelineEntry */
        TimelineEntry: {
            detail: string | null;
            id: string;
            names: components["schemas"]["TrailNames"];
            /** Format: date-time */
            occurred_at: string;
            properties: {
                [key: string]: unknown;
            };
            staff: components["schemas"]["people_customers_schemas_StaffRef"] | null;
            title: string;
            type: string;
        };
        /** Today */
        Today: {
            new_friends: components["schemas"]["NewFriend"][];
            /** Format: date-time */
            now: string;
            numbers: components["schemas"]["Numbers"];
            readings: components["schemas"]["Reading"][];
        };
        /** ToStage */
        ToStage: {
            /** @default  */
            reason?: string;
            stage_id: number | null;
        };
        /** TrailNames */
        TrailNames: {
            channel: string | null;
            fields: string | null;
            group: string | null;
            live_code: string | null;
            material: string | null;
            stage: string | null;
            tag: string | null;
        };
        /** Troubles */
        Troubles: {
            failed_jobs: components["schemas"]["FailedJobView"][];
            parked_events: components["schemas"]["ParkedEventView"][];
        };
        /** TrustedDomain */
        TrustedDomain: {
            domain: string;
            file_content: string;
            file_name: string;
        };
        /**
         * Unit
         * @description What a figure counts; decides how it is written.
         * @enum {string}
         */
        Unit: "count" | "people" | "fen" | "ratio" | "times" | "seconds";
        /** Unmerge */
        Unmerge: {
            person_id: number;
            reason: string;
        };
        /** UploadedFile */
        UploadedFile: {
            bytes: number;
            content_type: string;
            key: string;
            url: string;
        };
        /** UsedBy */
        UsedBy: {
            id: number;
            /** @enum {string} */
            kind: "audience" | "use" | "tag_rule" | "marking" | "export" | "view";
            name: string;
            /** @default true */
            needs?: boolean;
        };
        /** UseDetail */
        UseDetail: {
            /** Format: date-time */
            as_of: string;
            /** Format: date-time */
            at: string;
            audience: string;
            audience_id: number;
            by: components["schemas"]["people_customers_schemas_Named"] | null;
            ended_at: string | null;
            excluded: {
                [key: string]: number;
            };
            id: number;
            /** @enum {string} */
            kind: "marking" | "export" | "other";
            marketing: boolean;
            purpose: string;
            rule: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"];
            size: number | null;
            stands_on: components["schemas"]["AudienceThen"][];
            version: number;
        };
        /** UseView */
        UseView: {
            /** Format: date-time */
            as_of: string;
            /** Format: date-time */
            at: string;
            by: components["schemas"]["people_customers_schemas_Named"] | null;
            ended_at: string | null;
            excluded: {
                [key: string]: number;
            };
            id: number;
            /** @enum {string} */
            kind: "marking" | "export" | "other";
            marketing: boolean;
            purpose: string;
            size: number | null;
            version: number;
        };
        /** VersionView */
        VersionView: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["people_customers_schemas_Named"] | null;
            rule: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"];
            version: number;
        };
        /** ViewDraft */
        ViewDraft: {
            columns?: string[];
            filters?: {
                [key: string]: string;
            };
            name: string;
            rule?: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"] | null;
            /** @default false */
            shared?: boolean;
        };
        /** WecomConnectionView */
        WecomConnectionView: {
            agent_id: number | null;
            callback_keys_set: boolean;
            callback_url: string | null;
            corp_id: string | null;
            last_callback_at: string | null;
            official_account_app_id: string | null;
            official_push_at: string | null;
            official_push_url: string | null;
            secret_set: boolean;
            steps: components["schemas"]["SetupStep"][];
            suggested_domain: string;
            suite_at: string | null;
            suite_id: string | null;
            suite_url: string | null;
            trusted_domain: string | null;
            verification_file: string | null;
            watched_since: string | null;
        };
        /** WecomCredentials */
        WecomCredentials: {
            agent_id: number;
            corp_id: string;
            secret: string;
        };
        /** Welcome */
        Welcome: {
            attachments?: (components["schemas"]["WelcomeLink"] | components["schemas"]["WelcomeArticle"] | components["schemas"]["WelcomeImage"])[];
            /** @default  */
            text?: string;
        };
        /** WelcomeArticle */
        WelcomeArticle: {
            /** @constant */
            kind: "article";
            material_id: number;
        };
        /** WelcomeImage */
        WelcomeImage: {
            file_id: string;
            /** @constant */
            kind: "image";
        };
        /** WelcomeLink */
        WelcomeLink: {
            /** @default  */
            description?: string;
            /** @constant */
            kind: "link";
            title: string;
            url: string;
        };
        /** Where */
        Where: {
            name: string;
            number?: number | null;
            op: ("eq" | "ne" | "lt" | "le" | "gt" | "ge") | "in";
            values?: (string | number)[] | null;
        };
        /** Why */
        Why: {
            /** Format: date-time */
            as_of: string;
            member: boolean;
            why: components["schemas"]["Explained"];
        };
        /** WhyAsked */
        WhyAsked: {
            audience_id?: number | null;
            customer_id: number;
            rule?: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"] | null;
        };
        /** WhyReached */
        WhyReached: {
            /** Format: date-time */
            as_of: string;
            /** Format: date-time */
            at: string;
            audience_id: number;
            conditions: components["schemas"]["ReachedCondition"][];
            purpose: string;
            rule: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["Attribute"] | components["schemas"]["Field"] | components["schemas"]["Tags"] | components["schemas"]["Friendship"] | components["schemas"]["Behaviour"] | components["schemas"]["Rfm"] | components["schemas"]["InGroups"] | components["schemas"]["InAudience"];
            use_id: number;
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ApiAttentionAttention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionList"];
                };
            };
        };
    };
    ApiAudiencesPage: {
        parameters: {
            query?: {
                archived?: boolean;
                cursor?: string | null;
                kind?: "rule" | "list" | "all";
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.audiences.schemas.AudienceRow_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AudienceDraft"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudienceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudienceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AudienceChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudienceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdArchiveArchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdBuildBuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BuildStarted"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdBuildCancelCancelBuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdCopyCopy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudienceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdMembersMembers: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.audiences.schemas.SamplePerson_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdPeopleAdd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PeopleChange"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleChanged"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdPeopleNamedAddNamed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NamedPeople"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleNamed"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdPeopleRemoveRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PeopleChange"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleChanged"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdSizesSizes: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SizePoint"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdUsesUses: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.audiences.schemas.UseView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesAudienceIdVersionsVersions: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                audience_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.audiences.schemas.VersionView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesCatalogueOffered: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Catalogue"];
                };
            };
        };
    };
    ApiAudiencesCatalogueChoicesChoices: {
        parameters: {
            query: {
                id?: number[] | null;
                kind: "tag" | "staff" | "channel" | "live_code" | "group" | "stage" | "audience";
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["audiences_schemas_Choice"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesOfCustomerIdOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudienceOf"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesPreviewPreview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleAsked"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesRfmShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RfmView"];
                };
            };
        };
    };
    ApiAudiencesRfmPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RfmPlanDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RfmView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesRfmMatrixMatrix: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RfmMatrix"];
                };
            };
        };
    };
    ApiAudiencesRfmRunRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BuildStarted"];
                };
            };
        };
    };
    ApiAudiencesSchemaSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    ApiAudiencesUsesUseIdUse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                use_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseDetail"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesUsesUseIdRecipientsRecipients: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                use_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.audiences.schemas.SamplePerson_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesUsesUseIdWhyCustomerIdWhyReached: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
                use_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhyReached"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAudiencesWhyWhy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhyAsked"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiAuditShow: {
        parameters: {
            query?: {
                action?: string | null;
                /** @description 员工编号；0 为系统自己 */
                actor?: number | null;
                cursor?: string | null;
                /** @description 第一天，企业时区 */
                from?: string | null;
                limit?: number;
                /** @description 最后一天，含当天 */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.accounts.schemas.AuditView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCallbacksCallbacks: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: "waiting" | "done" | "parked" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.accounts.callbacks.schemas.CallbackRow_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCallbacksCallbackIdCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callback_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCallbacksCallbackIdRetryRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callback_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChannelsPage: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.growth.channels.schemas.ChannelView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChannelsCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChannel"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChannelsReportChannelsReport: {
        parameters: {
            query?: {
                /** @description 第一天，企业时区 */
                from?: string | null;
                /** @description 最后一天，含当天 */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channels"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChannelsChannelIdChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChannelsChannelIdExposuresExpose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Exposure"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChannelsNamesNames: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelNames"];
                };
            };
        };
    };
    ApiChurnOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChurnView"];
                };
            };
        };
    };
    ApiChurnLostLost: {
        parameters: {
            query?: {
                by?: "customer" | "staff" | "transfer" | "unknown" | null;
                channel?: number | null;
                cursor?: string | null;
                first_day?: boolean;
                limit?: number;
                since?: string | null;
                staff?: number | null;
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.churn.schemas.LostRow_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChurnPlanChangePlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChurnPlanDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChurnSensitiveSensitive: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: "found" | "confirmed" | "dismissed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.churn.schemas.SensitiveRow_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChurnSensitiveMark: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SensitiveDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiChurnSensitiveMarkIdReviewReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mark_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Review"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCollectSourcesListCollectSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectSourceView"][];
                };
            };
        };
    };
    ApiCollectSourcesCreateCollectSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectSourceDraft"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectSourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCollectSourcesSourceIdDisableDisableCollectSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectSourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCollectSourcesSourceIdEnableEnableCollectSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectSourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiConnectionOfficialAccountSetOfficialAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfficialAccountCredentials"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiConnectionOfficialAccountPushKeysNewPushKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackKeys"];
                };
            };
        };
    };
    ApiConnectionWecomShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WecomConnectionView"];
                };
            };
        };
    };
    ApiConnectionWecomCallbackKeysNewCallbackKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackKeys"];
                };
            };
        };
    };
    ApiConnectionWecomCredentialsSetCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WecomCredentials"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiConnectionWecomDiagnosisDiagnosis: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProbeView"][];
                };
            };
        };
    };
    ApiConnectionWecomDomainSetDomain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrustedDomain"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiConnectionWecomSuiteKeysNewSuiteKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Suite"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackKeys"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiConnectionWecomSyncSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncStarted"];
                };
            };
        };
    };
    ApiCustomerActsBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActDraft"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActStarted"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomerSelectionsFreeze: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SelectionDraft"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SelectionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomerViewsViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptView"][];
                };
            };
        };
    };
    ApiCustomerViewsKeep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewDraft"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomerViewsViewIdChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomerViewsViewIdRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersPage: {
        parameters: {
            query?: {
                channel?: number | null;
                cursor?: string | null;
                customer?: number | null;
                imported?: number | null;
                limit?: number;
                live_code?: number | null;
                order?: "latest" | "amount" | "orders" | "last_paid";
                q?: string;
                rule?: string | null;
                staff?: number | null;
                state?: "active" | "lost" | "none" | "all";
                tag?: number[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdConsentsConsents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerConsents"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdConsentsNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerConsents"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdErasureErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasureDraft"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Begun"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdFieldsValues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldValueList"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdFieldsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldValues"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdMergePreview: {
        parameters: {
            query: {
                other: number;
            };
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePreview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdMergeMerge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Merge"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Standing"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdPackagePackage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Begun"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdPeoplePeople: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdStageOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ToStage"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdStagesHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StageHistory"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdTagsShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Marks"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdTagsChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkOne"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdTimelineTimeline: {
        parameters: {
            query?: {
                cursor?: string | null;
                kind?: string;
                limit?: number;
            };
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.customers.schemas.TimelineEntry_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCustomerIdUnmergeUnmerge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Unmerge"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Standing"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersByPhoneByPhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Phone"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneFound"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersCountCount: {
        parameters: {
            query?: {
                channel?: number | null;
                customer?: number | null;
                imported?: number | null;
                live_code?: number | null;
                q?: string;
                rule?: string | null;
                staff?: number | null;
                state?: "active" | "lost" | "none" | "all";
                tag?: number[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerCount"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersFieldsMany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyFieldValues"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiCustomersStageMany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyToStage"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiDashboardDashboard: {
        parameters: {
            query?: {
                /** @description 第一天，企业时区 */
                from?: string | null;
                /** @description 最后一天，含当天 */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiDepartmentsDepartments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentView"][];
                };
            };
        };
    };
    ApiEmployeesEmployees: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmployeeView"][];
                };
            };
        };
    };
    ApiEmployeesCreateEmployee: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEmployee"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmployeeView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiEmployeesEmployeeIdChangeEmployee: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                employee_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmployeeChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiEventsListen: {
        parameters: {
            query?: {
                mine?: boolean;
                /** @description 只要这些类型的事件 */
                type?: string[] | null;
            };
            header?: {
                "Last-Event-ID"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiEventsRecentRecent: {
        parameters: {
            query?: {
                limit?: number;
                mine?: boolean;
                /** @description 只要这些类型的事件 */
                type?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveEvent"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiExportsPage: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.exchange.export_schemas.ExportView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiExportsBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportDraft"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiExportsExportIdFileFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiExportsColumnsColumns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColumnChoice"][];
                };
            };
        };
    };
    ApiExportsSizeSize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportWanted"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportSize"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiFieldsFields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldList"];
                };
            };
        };
    };
    ApiFieldsCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewField"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiFieldsFieldIdRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                field_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiFieldsFieldIdChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                field_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiFieldsOrderOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Order"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiFilesUploadPicture: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiFirstStepsFirstSteps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstSteps"];
                };
            };
        };
    };
    ApiGroupsPage: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                owner?: number | null;
                q?: string;
                state?: "active" | "owner_left" | "dismissed" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.groups.schemas.GroupRow_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiGroupsGroupIdShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiGroupsGroupIdMembersMembers: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                past?: boolean;
            };
            header?: never;
            path: {
                group_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.groups.schemas.MemberRow_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsPage: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.exchange.imports.ImportView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsUpload: {
        parameters: {
            query: {
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsImportIdShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsImportIdDiscard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsImportIdCheckCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunBegun"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsImportIdPlanSettle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Plan"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsImportIdPreviewPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Plan"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsImportIdProblemsProblems: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                repeated?: boolean;
            };
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.exchange.faults.ProblemView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsImportIdProblemsCsvProblemsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiImportsImportIdStartStart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunBegun"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiJobsRuns: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.accounts.background.queries.JobRunView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiJobsRunIdCancelCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiJobsRunIdResumeResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiJobsFailedJobIdRetryRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiJobsParkedReaderPositionDismiss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                position: number;
                reader: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiJobsTroublesTroubles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Troubles"];
                };
            };
        };
    };
    ApiJssdkConfigConfig: {
        parameters: {
            query: {
                /** @description 当前网页的地址 */
                url: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JssdkConfig"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiLiveCodesPage: {
        parameters: {
            query?: {
                channel?: number | null;
                cursor?: string | null;
                limit?: number;
                q?: string | null;
                state?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.growth.live_codes.schemas.LiveCodeView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiLiveCodesCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LiveCodeWrite"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveCodeView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiLiveCodesLiveCodeIdShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                live_code_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveCodeView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiLiveCodesLiveCodeIdChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                live_code_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LiveCodeWrite"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveCodeView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiLiveCodesLiveCodeIdRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                live_code_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiLiveCodesLiveCodeIdQrPngPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                live_code_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiLiveCodesLiveCodeIdRetryRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                live_code_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMaterialsListMaterials: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: "draft" | "published" | "archived" | null;
                topic?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.content.schemas.MaterialSummary_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMaterialsCreateMaterial: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaterialDraft"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaterialView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMaterialsMaterialIdReadMaterial: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                material_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaterialView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMaterialsMaterialIdUpdateMaterial: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                material_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaterialDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaterialView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMaterialsMaterialIdArchiveArchiveMaterial: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                material_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaterialView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMaterialsMaterialIdPublishPublishMaterial: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                material_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaterialView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMergeCandidatesPage: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: "open" | "accepted" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.identity.schemas.Candidate_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMergeCandidatesCandidateIdDecide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                candidate_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Standing"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMetricsMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricView"][];
                };
            };
        };
    };
    ApiMetricsKeyOrdersOrders: {
        parameters: {
            query?: {
                /** @description 只看一个渠道 */
                channel?: number | null;
                cursor?: string | null;
                /** @description 第一天，企业时区 */
                from?: string | null;
                limit?: number;
                /** @description 只看一个企微账号 */
                staff?: number | null;
                /** @description 最后一天，含当天 */
                to?: string | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.insight.drilldown.schemas.OrderBehind_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiMetricsKeyPeoplePeople: {
        parameters: {
            query?: {
                /** @description 只看一个渠道 */
                channel?: number | null;
                cursor?: string | null;
                /** @description 第一天，企业时区 */
                from?: string | null;
                limit?: number;
                /** @description 只看一个企微账号 */
                staff?: number | null;
                /** @description 最后一天，含当天 */
                to?: string | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.insight.drilldown.schemas.CustomerBehind_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiOrderSourcesListSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"][];
                };
            };
        };
    };
    ApiOrderSourcesCreateSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceDraft"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceWithSecret"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiOrderSourcesSourceIdDisableDisableSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiOrderSourcesSourceIdEnableEnableSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiOrderSourcesSourceIdRotateRotateSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceWithSecret"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiOrdersListOrders: {
        parameters: {
            query?: {
                channel?: number | null;
                cursor?: string | null;
                customer?: number | null;
                limit?: number;
                matched?: boolean | null;
                method?: "touch" | "window" | "none" | null;
                paid_from?: string | null;
                paid_to?: string | null;
                staff?: number | null;
                status?: "paid" | "partly_refunded" | "refunded" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.conversion.attribution.schemas.OrderSummary_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiOrdersOrderIdReadOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderDetail"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiPrivacyConsentsConsents: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: "granted" | "refused" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.privacy.consents.ConsentRow_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiPrivacyErasuresErasures: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.privacy.erasures.ErasureView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiPrivacyErasuresErasureIdConfirmConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                erasure_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Confirmation"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiPrivacyErasuresErasureIdWithdrawWithdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                erasure_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiPrivacyPackagesPackages: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.privacy.packing.PackageView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiPrivacyPackagesPackageIdFileFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                package_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiRankingRanking: {
        parameters: {
            query?: {
                by?: "gmv" | "orders" | "added" | "readings";
                /** @description 第一天，企业时区 */
                from?: string | null;
                /** @description 最后一天，含当天 */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ranking"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiReconciliationOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationView"];
                };
            };
        };
    };
    ApiReconciliationBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
        };
    };
    ApiReconciliationRunIdDifferencesDifferences: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                run_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.people.reconciliation.queries.DifferenceView_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiReconciliationPlanPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiSessionShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"] | null;
                };
            };
        };
    };
    ApiSessionSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiSessionSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
        };
    };
    ApiSetupShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
        };
    };
    ApiSetupMakeAdministrator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstAdministrator"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStaffAccountsStaffAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffAccountView"][];
                };
            };
        };
    };
    ApiStaffAccountsStaffAccountIdEmployeeAssign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff_account_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountOwner"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStaffChatCustomerChatCustomer: {
        parameters: {
            query: {
                external_userid: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCustomer"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStaffMaterialsShareableMaterials: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                topic?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_siyu.content.schemas.MaterialSummary_"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStaffMeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    ApiStaffRankingStaffRanking: {
        parameters: {
            query?: {
                by?: "gmv" | "orders" | "added" | "readings";
                /** @description 第一天，企业时区 */
                from?: string | null;
                /** @description 最后一天，含当天 */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ranking"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStaffReadingsRecentReadings: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reading"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStaffSharesShareMaterial: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareRequest"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Share"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStaffSharesTouchIdSentConfirmShare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStaffTodayToday: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Today"];
                };
            };
        };
    };
    ApiStagesStages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StageList"];
                };
            };
        };
    };
    ApiStagesCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStage"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StageView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStagesStageIdRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                stage_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStagesStageIdChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                stage_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StageEdit"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StageView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStagesOrderOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StageOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiStagesUsualUsual: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StageList"];
                };
            };
        };
    };
    ApiTagsLibrary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagLibrary"];
                };
            };
        };
    };
    ApiTagsCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTags"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsTagIdRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tag_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsTagIdChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tag_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsGroupsGroupIdRemoveGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsGroupsGroupIdChangeGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsMarkingsMarkings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkingView"][];
                };
            };
        };
    };
    ApiTagsMarkingsMarkMany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkManyDraft"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkingStarted"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsMarkingsEstimateEstimate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkManyDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Estimate"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsOrderOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsRulesRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleView"][];
                };
            };
        };
    };
    ApiTagsRulesNewRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagRuleDraft"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleSaved"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsRulesRuleIdChangeRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagRuleDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsRulesRuleIdRemoveRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsRulesBehavioursBehaviours: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hearable"][];
                };
            };
        };
    };
    ApiTagsRulesPreviewPreview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagRuleDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulePreview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ApiTagsSyncSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
