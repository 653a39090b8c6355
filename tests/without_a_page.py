"""What shows no page of its own: it redirects, answers a form, or is asked by a program."""

WITHOUT_A_PAGE = {
    "setup:home",
    "setup:welcome",
    "mfa_authenticate",  # wants a password first; the journeys of the owner and of passkeys see it
    "access:passkey",  # the page of «second factor»
    "access:passkey-alone",
    "access:passkey-options",
    "access:passkey-question",
    "access:factor-remove",
    "access:sessions-end",
    "access:device-forget",
    "access:provider-remove",
    "access:provider-link",
    "access:provider-unlink",
    "access:token-end",
    "access:api-log",
    "access:api-description",
    "customers:view",  # leads to the list
    "customers:view-rename",
    "customers:view-delete",
    "customers:assign",
    "customers:merge-find",  # the form and the rows of «relate two customers»
    "customers:merge-undo",  # a sentence above two buttons
    "customers:notes",  # the notes of the card, those older than twenty
    "customers:note-add",
    "customers:note-delete",  # the note of the card above two buttons
    "customers:relation-add",
    "customers:relation-remove",  # two names above two buttons
    "customers:field-add",  # the form of «own field», empty
    "customers:field-move",
    "customers:field-put-away",
    "rights:case-identity",
    "rights:case-carry-out",
    "rights:case-take-back",
    "rights:case-letter",  # the journey of a request sees it
    "rights:case-package-file",
    "rights:erasure",  # the journey of erasing sees it, waiting, called off and done
    "rights:erasure-call-off",
    "rights:erasure-sooner",
    "rights:erasure-clock",
    "rights:erasure-receipt",
    "rights:quarantine",
    "rights:retention-ask",  # the journey of those who are due sees it
    "rights:retention-purge",
    "rights:retention-reviewed",
    "rights:keep",  # the forms of «how long kept»
    "rights:keeping-ended",
    "rights:keeping-by-law",
    "rights:keep-end",
    "rights:by-law-remove",
    "rights:lift",
    "customers:document-file",
    "customers:document-picture",
    "customers:api-list",
    "customers:api-customer",
    "customers:found",  # the rows of «customers, typed» in a frame of their own; the journey without scripts sees it
    "customers:import-confirm",
    "customers:import-compare",
    "customers:import-mend",
    "customers:import-cancel",
    "access:log-about",
    "access:invitation-again",
    "access:invitation-withdraw",
    "access:person-deputy-end",
    "access:password-ask-no-more",
    "access:person-left",
    "access:person-reopen",
    "access:log-verify",
    "incidents:receive",  # the forms of «one thing told»
    "incidents:answer",
    "incidents:close",
    "access:saml",
    "access:saml-link",
    "access:saml-return",
    "access:saml-arrived",
    "access:provider-leave",  # the journey with a sign-in service sees it
    "access:provider-try",  # the page of settings, with what the service answered above them
    "rights:consent-text",  # wants a purpose by consent; the journey of a customer sees it, and what follows
    "rights:consent-website",  # the journey of the first day sees it, and uses the form without a script
    "rights:consent-sign-up",  # the same
    "rights:consent-paper",
    "rights:consent-names",
    "rights:consent-record",
    "rights:consent-ask",
    "rights:consent-receipt",
    "portal:home",  # leads to what the customer agrees to; a journey sees all of these in each language
    "portal:data",
    "portal:consents",
    "portal:receipt",
    "portal:requests",
    "portal:looks",
    "portal:notice",
    "portal:package",  # a file; the journey of a request opens it
    "portal:leave",
    "portal:choose",  # the journey of a customer sees it, and what is said afterwards
    "portal:withdraw",  # the same
    "portal:form",  # the journey of the first day sees it
    "outreach:mailing-change",  # the form of «write to customers», filled in; the journey of a message sees it
    "outreach:mailing-delete",
    "outreach:mailing-test",
    "outreach:mailing-send",
    "outreach:mailing-pause",
    "outreach:mailing-go-on",
    "outreach:mailing-stop",
    "outreach:mailing-perhaps",
    "outreach:quarter-write",
    "outreach:quarter-leave-out",
    "outreach:feedback",  # the journey of a message sees it, before and after it is looked into
    "feedback:mine",  # the form of three questions; the journey of a customer sees it
    "feedback:answer",  # the same by a link; the journey of a message sees it
    "portal:provider-leave",  # three sentences; a browser is led on by them
    "rights:customer-provider-try",  # the page of settings, with what the service answered above them
    "rights:customer-provider-remove",
    "portal:sign-up-confirm",  # the journey of the first day sees it
    "rights:purpose-add",  # the form of «one purpose», empty; the journey of the first day sees it
    "rights:purpose-end",  # the same journey sees it
    "rights:purpose-again",
    "rights:purpose-move",
    "rights:record-file",
    "rights:record-version",  # looks as a version of a notice does
    "rights:notice-file",
    "rights:notice-publish",
    "rights:public-notice-in",  # the same, in the language of the link; the journey of the first day sees it
    "setup:keys-lock",
    "setup:keys-rotate",
    "setup:keys-key-file",
    "setup:keys-os-keyring",
    "setup:keys-systemd-credential",
    "setup:keys-remove",
    "setup:kit-page",  # lasts half an hour; the journey of the keys looks at it, and at the pages when locked
    "setup:kit-print",  # on paper
    "setup:language",
    "setup:health",
    "setup:mail-test",  # the page of settings, with the server's answer above them
    "setup:outbox-try-again",
    "setup:outbox-discard",
    "protection:routine-done",  # the form of «one routine»
    "protection:routine-postpone",
    "protection:routine-take-back",
    "protection:duty-assign",  # the forms of «whose a routine is»
    "protection:duty-off",
    "protection:duty-on",
    "protection:meeting-make",
    "protection:meeting-file",  # a PDF
    "protection:report-file",  # a PDF, and a file to check
    "protection:meeting-held",  # the forms of «one staff meeting»
    "protection:meeting-not-held",
    "protection:meeting-there",
    "protection:calendar-end",
    "protection:calendar-feed",  # for calendar programs
    "backups:heard",  # for other backups
    "backups:run",
    "backups:place-access",  # the form of «a place, details», for one that isn't a folder
    "backups:place-try",
    "backups:place-remove",
    "backups:place-restore",
    "backups:signs-answer",
    "backups:files-find",  # leads to the folders, with what was found
    "backups:test-ask",
    "backups:folder-add",  # the form of «own folders»
    "backups:folder-remove",
    "backups:folder-restore",
    "backups:other-renew",  # as the page that follows «another backup»
    "backups:other-remove",
    "backups:computer-program",  # a file
    "backups:elsewhere-code",  # the form of «restore elsewhere»
    "backups:other-restore",
    "datamap:source-remove",
    "datamap:source-restore",
    "datamap:scan",
    "datamap:scan-pause",
    "datamap:scan-go-on",
    "datamap:scan-stop",
    "datamap:bulk-delete",  # answers the ticks of «files»; looks as «delete a file»
    "datamap:bulk-review",  # the same, as «a file may stay»
    "datamap:review-back",
    "datamap:import",  # leads to the preview of the register
    "datamap:have-back",
    "exposure:measure",
    "exposure:domain-remove",
    "exposure:domain-restore",
    "exposure:report-add",
    "exposure:sender-judge",
    "exposure:site-remove",
    "exposure:site-restore",
    "protection:vouch-file",
    "protection:bring-back",
    "protection:size",
    "outreach:feedback-follow-up",  # the form of «feedback»
}
