"""Every address × everyone: what each is answered. A new address must come into the table."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests import matrix
from tests.matrix import WHO, Row, World

# The columns are WHO of tests/matrix.py: nobody, a newcomer not let in, a member, the guru model,
# an observer, the chair, a guru inti, the pengawas of the guru model's school, another one, her
# principal, the Dinas, a member of another group, the superuser.
# 200 shown, 302 done or led elsewhere, in = asked to sign in first, 403 refused with a reason,
# 404 does not exist for them, 410 gone.
TABLE = """
#                                               nob new mem mod obs cha cor pen oth kep din out sup
# --- Beranda, notices, the house
get  home                                       200 200 200 200 200 200 200 200 200 200 200 200 200
get  notices                                    in  200 200 200 200 200 200 200 200 200 200 200 200
post read-notices                               in  302 302 302 302 302 302 302 302 302 302 302 302
post read-notices-here                          in  302 302 302 302 302 302 302 302 302 302 302 302
post open-notice:notice                         in  404 302 404 404 404 404 404 404 404 404 404 404
get  about                                      200 200 200 200 200 200 200 200 200 200 200 200 200
get  healthz                                    200 200 200 200 200 200 200 200 200 200 200 200 200
get  gallery                                    404 404 404 404 404 404 404 404 404 404 404 404 200
# --- accounts
get  me                                         in  200 200 200 200 200 200 200 200 200 200 200 200
get  edit-profile                               in  200 200 200 200 200 200 200 200 200 200 200 200
get  person:person                              in  404 200 200 200 200 200 200 200 200 200 200 200
post set-language                               302 302 302 302 302 302 302 302 302 302 302 302 302
get  first-admin:x                              410 410 410 410 410 410 410 410 410 410 410 410 410
get  account_login                              200 302 302 302 302 302 302 302 302 302 302 302 302
get  account_signup                             200 302 302 302 302 302 302 302 302 302 302 302 302
get  account_logout                             302 200 200 200 200 200 200 200 200 200 200 200 200
get  account_inactive                           200 200 200 200 200 200 200 200 200 200 200 200 200
get  account_reauthenticate                     in  403 403 403 403 403 403 403 403 403 403 403 403
get  account_email                              in  200 200 200 200 200 200 200 200 200 200 200 200
get  account_email_verification_sent            200 200 200 200 200 200 200 200 200 200 200 200 200
get  account_confirm_email:x                    200 200 200 200 200 200 200 200 200 200 200 200 200
get  account_change_password                    in  302 302 302 302 302 302 302 302 302 302 302 302
get  account_set_password                       in  200 200 200 200 200 200 200 200 200 200 200 200
get  account_reset_password                     200 200 200 200 200 200 200 200 200 200 200 200 200
get  account_reset_password_done                200 200 200 200 200 200 200 200 200 200 200 200 200
get  account_reset_password_from_key:x,x        200 200 200 200 200 200 200 200 200 200 200 200 200
get  account_reset_password_from_key_done       200 200 200 200 200 200 200 200 200 200 200 200 200
get  account_confirm_login_code                 in  302 302 302 302 302 302 302 302 302 302 302 302
get  mfa_index                                  in  200 200 200 200 200 200 200 200 200 200 200 200
get  mfa_authenticate                           in  302 302 302 302 302 302 302 302 302 302 302 302
get  mfa_reauthenticate                         in  403 403 403 403 403 403 403 403 403 403 403 403
get  mfa_activate_totp                          in  200 200 200 200 200 200 200 200 200 200 200 200
get  mfa_deactivate_totp                        in  404 404 404 404 404 404 404 404 404 404 404 404
get  mfa_view_recovery_codes                    in  404 404 404 404 404 404 404 404 404 404 404 404
get  mfa_generate_recovery_codes                in  200 200 200 200 200 200 200 200 200 200 200 200
get  mfa_download_recovery_codes                in  404 404 404 404 404 404 404 404 404 404 404 404
# --- groups
get  groups                                     in  200 200 200 200 200 200 200 200 200 200 200 200
get  new-group                                  in  403 403 403 403 403 403 403 403 403 200 403 200
get  group:group                                in  200 200 200 200 200 200 200 200 200 200 200 200
get  edit-group:group                           in  403 403 403 403 200 403 403 403 403 200 403 403
get  members:group                              in  404 200 200 200 200 200 404 404 404 200 404 404
post ask-to-join:group                          in  302 403 403 403 403 403 302 302 302 302 302 302
post leave-group:group                          in  403 302 302 302 403 302 403 403 403 403 403 403
post decide-join:request                        in  403 404 404 404 302 404 404 404 404 404 404 404
post make-invitation:group                      in  403 403 403 403 302 403 403 403 403 403 403 403
get  group-invitation:group,invitation          in  404 404 404 404 200 404 404 404 404 404 404 404
post revoke-invitation:group,invitation         in  404 404 404 404 302 404 404 404 404 404 404 404
get  invitation:token                           200 200 200 200 200 200 200 200 200 200 200 200 200
post accept-invitation:token                    in  302 302 302 302 302 302 302 302 302 302 302 302
get  hand-over-board:group                      in  403 403 403 403 200 403 403 403 403 200 403 403
get  appoint-guide:group                        in  403 403 403 403 200 403 403 403 403 403 403 403
post dismiss-guide:guide                        in  404 403 403 403 302 403 404 404 404 403 404 404
get  open-cycle:group                           in  403 403 403 403 200 403 403 403 403 403 403 403
get  cycle:cycle                                in  404 200 200 200 200 200 404 404 404 200 404 404
get  fairness:group                             in  403 403 403 403 200 403 403 403 403 403 403 403
get  coverage:group                             in  403 403 403 403 200 403 403 403 403 403 403 403
get  edit-cycle:cycle                           in  404 403 403 403 200 403 404 404 404 403 404 404
post edit-cycle:cycle                           in  404 403 403 403 302 403 404 404 404 403 404 404
get  close-cycle:cycle                          in  404 403 403 403 200 403 404 404 404 403 404 404
# --- S
get  library                                    200 200 200 200 200 200 200 200 200 200 200 200 200
get  posts                                      in  200 200 200 200 200 200 200 200 200 200 200 200
get  share-post                                 in  200 200 200 200 200 200 200 200 200 200 200 200
post share-post                                 in  422 302 302 302 302 302 422 422 422 422 422 422
get  post:post                                  in  404 200 200 200 200 200 404 404 404 404 404 404
get  post:public                                200 200 200 200 200 200 200 200 200 200 200 200 200
get  post:withdrawn                             in  404 200 404 404 200 404 404 404 404 404 404 404
get  post-copy:post                             in  404 200 200 200 200 200 404 404 404 404 404 404
get  post-copy:public                           in  200 200 200 200 200 200 200 200 200 200 200 200
get  post-copy:withdrawn                        in  404 404 404 404 404 404 404 404 404 404 404 404
get  kept-posts                                 200 200 200 200 200 200 200 200 200 200 200 200 200
get  still-readable                             in  200 200 200 200 200 200 200 200 200 200 200 200
get  edit-post:post                             in  404 200 200 200 200 200 404 404 404 404 404 404
post edit-post:post                             in  404 302 403 403 403 403 404 404 404 404 404 404
post unlink-post-session:session_link           in  404 302 403 403 302 403 404 404 404 404 404 404
post unlink-post-garden:garden_link             in  404 302 302 403 302 403 404 404 404 404 404 404
post preview-post                               in  200 200 200 200 200 200 200 200 200 200 200 200
get  people-to-mention                          in  200 200 200 200 200 200 200 200 200 200 200 200
get  drafts                                     in  200 200 200 200 200 200 200 200 200 200 200 200
post save-draft                                 in  302 302 302 302 302 302 302 302 302 302 302 302
get  discard-draft:writing                      in  404 200 404 404 404 404 404 404 404 404 404 404
post discard-draft:writing                      in  404 302 404 404 404 404 404 404 404 404 404 404
get  edit-history:post                          in  404 200 404 404 200 404 404 404 404 404 404 404
post withdraw-post:post                         in  404 302 403 403 302 403 404 404 404 404 404 404
post restore-post:withdrawn                     in  404 302 404 404 403 404 404 404 404 404 404 404
post count-reach:public                         204 204 204 204 204 204 204 204 204 204 204 204 204
post count-reach:post                           404 404 204 204 204 204 204 404 404 404 404 404 404
get  reach                                      in  404 404 404 404 404 404 404 404 404 200 404 404
post comment:post                               in  404 302 302 302 302 302 404 404 404 404 404 404
post comment:public                             in  403 302 302 302 302 302 302 302 302 302 302 302
get  small-attachment:picture_key               404 404 200 200 200 200 200 404 404 404 404 404 404
get  link-picture:post                          404 404 404 404 404 404 404 404 404 404 404 404 404
post react:post,used                            in  404 403 302 302 302 302 404 404 404 404 404 404
post react:public,used                          in  403 403 302 302 302 302 302 302 302 302 302 302
post react:post,x                               in  404 404 404 404 404 404 404 404 404 404 404 404
post take-back-reaction:post,used               in  404 403 302 302 302 302 404 404 404 404 404 404
post follow-post:post                           in  404 302 302 302 302 302 404 404 404 404 404 404
post mute-post:post                             in  404 302 302 302 302 302 404 404 404 404 404 404
post read-post:post                             in  404 302 302 302 302 302 404 404 404 404 404 404
post see-feed                                   in  302 302 302 302 302 302 302 302 302 302 302 302
post read-feed                                  in  302 302 302 302 302 302 302 302 302 302 302 302
post endorse-post:worksheet                     in  404 403 403 403 403 302 404 404 404 404 404 404
post take-back-endorsement:worksheet            in  404 403 403 403 403 403 404 404 404 404 404 404
post change-audience:public                     in  403 302 403 403 302 403 403 403 403 403 403 403
get  report-post:post                           in  404 200 200 200 200 200 404 404 404 404 404 404
post report-post:post                           in  404 403 302 302 302 302 404 404 404 404 404 404
get  conversation:comment                       in  404 200 200 200 200 200 404 404 404 404 404 404
post answer-comment:comment                     in  404 302 302 302 302 302 404 404 404 404 404 404
get  edit-comment:comment                       in  404 200 200 200 200 200 404 404 404 404 404 404
post edit-comment:comment                       in  404 403 403 302 403 403 404 404 404 404 404 404
get  delete-comment:comment                     in  404 200 200 200 200 200 404 404 404 404 404 404
post delete-comment:comment                     in  404 403 403 302 302 403 404 404 404 404 404 404
get  report-comment:comment                     in  404 200 200 200 200 200 404 404 404 404 404 404
post report-comment:comment                     in  404 302 302 403 302 302 404 404 404 404 404 404
get  reports                                    in  200 200 200 200 200 200 200 200 200 200 200 200
post decide-report:report                       in  404 404 404 403 302 404 404 404 404 404 404 404
get  attachment:attachment_key                  404 404 200 200 200 200 200 404 404 404 404 404 404
# --- M
get  sessions                                   in  200 200 200 200 200 200 200 200 200 200 200 200
get  programme:group                            in  404 200 200 200 200 200 200 404 404 404 404 404
get  copy-programme:group                       in  404 403 403 403 200 403 403 404 404 404 404 404
post copy-programme:group                       in  404 403 403 403 422 403 403 404 404 404 404 404
get  plan-session                               in  404 403 403 403 200 403 404 404 404 404 403 404
get  check-plan                                 in  404 403 403 403 200 403 404 404 404 404 403 404
get  session:held                               in  404 200 200 200 200 200 200 404 404 404 404 404
get  series:series                              in  404 200 200 200 200 200 404 404 404 404 404 404
get  session:planned                            in  404 200 200 200 200 200 200 404 404 404 404 404
get  change-session:planned                     in  404 403 200 403 200 403 403 404 404 404 404 404
get  cancel-session:planned                     in  404 403 403 403 200 403 403 404 404 404 404 404
post cancel-session:planned                     in  404 403 403 403 302 403 403 404 404 404 404 404
post hold-session:begun                         in  404 302 403 403 302 403 404 404 404 404 404 404
post hold-session:planned                       in  404 403 403 403 403 403 403 404 404 404 404 404
post answer-invitation:planned                  in  404 302 404 302 302 302 404 404 404 404 404 404
get  rsvp:link                                  200 200 200 200 200 200 200 200 200 200 200 200 200
post rsvp:link                                  302 302 302 302 302 302 302 302 302 302 302 302 302
post join-by-link:link                          403 403 403 403 403 403 403 403 403 403 403 403 403
post join-by-link:x                             404 404 404 404 404 404 404 404 404 404 404 404 404
get  rsvp-calendar:link                         200 200 200 200 200 200 200 200 200 200 200 200 200
get  rsvp-calendar:x                            404 404 404 404 404 404 404 404 404 404 404 404 404
get  rsvp:x                                     404 404 404 404 404 404 404 404 404 404 404 404 404
get  personal-links:planned                     in  404 403 200 403 200 403 403 404 404 404 404 404
post revoke-all-links:planned                   in  404 403 302 403 302 403 403 404 404 404 404 404
post revoke-link:invited                        in  404 403 302 403 302 403 403 404 404 404 404 404
post uninvite:invited                           in  404 403 302 403 302 403 403 404 404 404 404 404
get  invite-guest:planned                       in  404 403 200 403 200 403 403 404 404 404 404 404
post invite-guest:planned                       in  404 403 302 403 302 403 403 404 404 404 404 404
get  invite-person:planned                      in  404 403 200 403 200 403 403 404 404 404 404 404
post invite-person:planned                      in  404 403 302 403 302 403 403 404 404 404 404 404
get  paperwork:planned                          in  404 403 403 403 200 403 403 404 404 404 404 404
post paperwork:planned                          in  404 403 403 403 302 403 403 404 404 404 404 404
get  session-files:planned                      in  404 200 200 200 200 200 200 404 404 404 404 404
post session-files:planned                      in  404 403 403 403 422 403 403 404 404 404 404 404
post remove-session-file:material               in  404 403 403 403 302 403 404 404 404 404 404 404
post remove-session-file:signed                 in  404 404 404 404 403 404 404 404 404 404 404 404
get  attendance:begun                           in  404 403 403 403 200 403 404 404 404 404 404 404
get  attendance-history:seen                    in  404 200 200 200 200 200 404 404 404 404 404 404
get  attendance-sheet:begun                     in  404 403 403 403 200 403 404 404 404 404 404 404
get  session-file:signed                        in  404 404 404 404 200 404 404 404 404 404 404 404
post add-guest:begun                            in  404 403 403 403 302 403 404 404 404 404 404 404
post keep-sheet:begun                           in  404 403 403 403 422 403 404 404 404 404 404 404
get  attendance-codes:begun                     in  404 200 403 403 200 403 404 404 404 404 404 404
get  attendance-codes:planned                   in  404 403 403 403 403 403 403 404 404 404 404 404
get  here                                       in  200 200 200 200 200 200 200 200 200 200 200 200
get  check-in:begun                             in  404 200 200 200 200 200 404 404 404 404 404 404
post check-in:begun                             in  404 422 422 302 422 422 404 404 404 404 404 404
get  kept-check-in                              200 200 200 200 200 200 200 200 200 200 200 200 200
get  worker                                     200 200 200 200 200 200 200 200 200 200 200 200 200
get  kept-sheets                                200 200 200 200 200 200 200 200 200 200 200 200 200
get  kept-thought                               200 200 200 200 200 200 200 200 200 200 200 200 200
get  sheets                                     in  200 200 200 200 200 200 200 200 200 200 200 200
get  scan:token_of_begun                        in  200 200 200 200 200 200 200 200 200 200 200 200
post scan:token_of_begun                        in  403 302 302 302 302 302 403 403 403 403 403 403
get  scan:x                                     410 410 410 410 410 410 410 410 410 410 410 410 410
get  lesson-plan:planned                        in  404 200 200 200 200 200 200 404 404 404 404 404
get  lesson-plan-version:version                in  404 200 200 200 200 200 200 404 404 404 404 404
post join-session:planned                       in  404 403 403 403 403 403 403 404 404 404 404 404
post take-place:planned                         in  404 403 403 403 403 403 403 404 404 404 404 404
post leave-place:observing                      in  404 403 403 302 403 403 403 404 404 404 404 404
get  hand-over-place:observing                  in  404 403 200 200 200 403 403 404 404 404 404 404
post hand-over-place:observing                  in  404 403 302 302 302 403 403 404 404 404 404 404
get  set-task:observing                         in  404 403 200 403 200 403 403 404 404 404 404 404
post set-task:observing                         in  404 403 302 403 302 403 403 404 404 404 404 404
get  joint-plan:planned                         in  404 200 200 200 200 200 200 404 404 404 404 404
post share-lesson-plan:planned                  in  404 403 422 403 422 403 403 404 404 404 404 404
get  plan-comments:version                      in  404 200 200 200 200 200 200 404 404 404 404 404
post plan-comments:version                      in  404 302 302 302 302 302 403 404 404 404 404 404
get  calendar-file:planned                      in  404 200 200 200 200 200 200 404 404 404 404 404
get  calendar                                   in  200 200 200 200 200 200 200 200 200 200 200 200
get  calendar-feeds                             in  200 200 200 200 200 200 200 200 200 200 200 200
post calendar-feeds                             in  403 302 302 302 302 302 403 403 403 403 403 403
post revoke-calendar-feed:feed                  in  404 302 404 404 404 404 404 404 404 404 404 404
get  series-next:recurring                      in  404 302 302 302 302 302 404 404 404 404 404 404
get  calendar-feed:feed_token                   200 200 200 200 200 200 200 200 200 200 200 200 200
get  calendar-feed:x                            404 404 404 404 404 404 404 404 404 404 404 404 404
# --- M: while a session goes on, and after it
get  live:begun                                 in  404 200 200 200 200 200 404 404 404 404 404 404
get  live-ticket:begun                          in  404 200 200 200 200 200 404 404 404 404 404 404
get  live-part:live_token                       200 200 200 200 200 200 200 200 200 200 200 200 200
get  live-part:x                                403 403 403 403 403 403 403 403 403 403 403 403 403
get  lesson-clock:begun                         in  404 200 200 200 200 200 404 404 404 404 404 404
post start-clock:begun                          in  404 302 403 403 302 403 404 404 404 404 404 404
post correct-clock:begun                        in  404 302 403 403 302 403 404 404 404 404 404 404
post ask-question:begun                         in  404 302 302 302 302 302 404 404 404 404 404 404
post mark-answered:begun                        in  404 302 403 403 302 403 404 404 404 404 404 404
post remove-question:question                   in  404 403 403 302 403 403 404 404 404 404 404 404
get  minutes:begun                              in  404 200 200 200 200 200 404 404 404 404 404 404
post minutes:begun                              in  404 403 403 403 302 403 404 404 404 404 404 404
post take-pen:begun                             in  404 403 403 403 302 403 404 404 404 404 404 404
post settle-revision:stray                      in  404 404 404 404 302 404 404 404 404 404 404 404
post add-decision:begun                         in  404 403 403 403 302 403 404 404 404 404 404 404
post remove-decision:decision                   in  404 403 403 403 302 403 404 404 404 404 404 404
get  close-session:begun                        in  404 403 403 403 200 403 404 404 404 404 404 404
post close-session:begun                        in  404 403 403 403 302 403 404 404 404 404 404 404
get  close-session:closed                       in  404 200 200 200 200 200 404 404 404 404 404 404
post reopen-session:closed                      in  404 403 403 403 302 403 404 404 404 404 404 404
# --- A
get  choose-focus:planned                       in  404 403 200 403 200 403 403 404 404 404 404 404
post choose-focus:planned                       in  404 403 302 403 302 403 403 404 404 404 404 404
get  instruments                                in  200 200 200 200 200 200 200 200 200 200 200 200
get  make-instrument                            in  403 403 403 403 200 403 200 200 403 200 403 403
post make-instrument                            in  403 403 403 403 302 403 422 422 403 422 403 403
get  instrument:instrument                      in  200 200 200 200 200 200 200 200 200 200 200 200
get  instrument:tool                            in  404 200 200 200 200 200 404 404 404 200 404 404
get  preview-instrument:tool                    in  404 200 200 200 200 200 404 404 404 200 404 404
get  preview-instrument:instrument              in  200 200 200 200 200 200 200 200 200 200 200 200
get  copy-instrument:instrument                 in  403 403 403 403 200 403 200 200 403 200 403 403
post copy-instrument:instrument                 in  403 403 403 403 302 403 422 422 403 422 403 403
post renew-instrument:tool                      in  404 403 403 403 302 403 404 404 404 403 404 404
post retire-instrument:tool                     in  404 403 403 403 302 403 404 404 404 403 404 404
post renew-instrument:instrument                in  403 403 403 403 403 403 403 403 403 403 403 403
get  edit-instrument:tool                       in  404 403 403 403 403 403 404 404 404 403 404 404
get  instrument:blueprint                       in  404 404 404 404 200 404 404 404 404 404 404 404
get  preview-instrument:blueprint               in  404 404 404 404 200 404 404 404 404 404 404 404
get  edit-instrument:blueprint                  in  404 404 404 404 200 404 404 404 404 404 404 404
get  add-aspect:blueprint                       in  404 404 404 404 200 404 404 404 404 404 404 404
get  add-scale:blueprint                        in  404 404 404 404 200 404 404 404 404 404 404 404
get  edit-scale:blueprint,blue_scale            in  404 404 404 404 200 404 404 404 404 404 404 404
get  edit-aspect:blue_aspect                    in  404 404 404 404 200 404 404 404 404 404 404 404
get  add-indicator:blue_aspect                  in  404 404 404 404 200 404 404 404 404 404 404 404
get  edit-indicator:blue_indicator              in  404 404 404 404 200 404 404 404 404 404 404 404
get  add-item:blue_indicator                    in  404 404 404 404 200 404 404 404 404 404 404 404
get  edit-item:blue_item                        in  404 404 404 404 200 404 404 404 404 404 404 404
post edit-instrument:blueprint                  in  404 404 404 404 302 404 404 404 404 404 404 404
post publish-instrument:blueprint               in  404 404 404 404 302 404 404 404 404 404 404 404
post discard-instrument:blueprint               in  404 404 404 404 302 404 404 404 404 404 404 404
post add-aspect:blueprint                       in  404 404 404 404 302 404 404 404 404 404 404 404
post add-scale:blueprint                        in  404 404 404 404 302 404 404 404 404 404 404 404
post edit-scale:blueprint,blue_scale            in  404 404 404 404 302 404 404 404 404 404 404 404
post remove-scale:blueprint,blue_scale          in  404 404 404 404 302 404 404 404 404 404 404 404
post edit-aspect:blue_aspect                    in  404 404 404 404 302 404 404 404 404 404 404 404
post move-aspect:blue_aspect                    in  404 404 404 404 302 404 404 404 404 404 404 404
post remove-aspect:blue_aspect                  in  404 404 404 404 302 404 404 404 404 404 404 404
post add-indicator:blue_aspect                  in  404 404 404 404 302 404 404 404 404 404 404 404
post edit-indicator:blue_indicator              in  404 404 404 404 302 404 404 404 404 404 404 404
post move-indicator:blue_indicator              in  404 404 404 404 302 404 404 404 404 404 404 404
post remove-indicator:blue_indicator            in  404 404 404 404 302 404 404 404 404 404 404 404
post add-item:blue_indicator                    in  404 404 404 404 302 404 404 404 404 404 404 404
post edit-item:blue_item                        in  404 404 404 404 302 404 404 404 404 404 404 404
post move-item:blue_item                        in  404 404 404 404 302 404 404 404 404 404 404 404
post remove-item:blue_item                      in  404 404 404 404 302 404 404 404 404 404 404 404
get  import-instrument                          in  403 403 403 403 200 403 200 200 403 200 403 403
post import-instrument                          in  403 403 403 403 422 403 422 422 403 422 403 403
get  export-json:tool                           in  404 200 200 200 200 200 404 404 404 200 404 404
get  export-xlsform:tool                        in  404 200 200 200 200 200 404 404 404 200 404 404
get  export-json:blueprint                      in  404 404 404 404 200 404 404 404 404 404 404 404
get  export-xlsform:blueprint                   in  404 404 404 404 200 404 404 404 404 404 404 404
get  export-json:instrument                     in  200 200 200 200 200 200 200 200 200 200 200 200
get  start-sheet:begun                          in  404 403 403 200 403 200 404 404 404 404 404 404
post start-sheet:begun                          in  404 403 403 302 403 302 404 404 404 404 404 404
get  observe:begun                              in  404 403 403 200 403 200 404 404 404 404 404 404
get  supervision                                in  404 404 404 404 404 404 200 200 404 404 404 404
get  visit-recap:her_school                     in  404 404 404 404 404 404 200 404 404 404 404 404
get  plan-visit:teacher                         in  404 403 403 403 403 403 200 403 403 403 403 403
get  change-visit:visit                         in  404 404 403 404 404 404 200 404 404 404 404 404
get  growth                                     in  200 200 200 200 200 200 200 200 200 200 200 200
get  growth-paper                               in  200 200 200 200 200 200 200 200 200 200 200 200
post share-growth                               in  422 422 422 422 422 422 422 422 422 422 422 422
post revoke-growth-link:growth_link             in  404 404 302 404 404 404 404 404 404 404 404 404
get  shared-growth:growth_token                 200 200 200 200 200 200 200 200 200 200 200 200 200
get  results:held                                in  404 404 200 200 404 200 200 404 404 404 404 404
get  observation:observation                    in  404 404 200 200 404 404 404 404 404 404 404 404
get  correct-observation:observation            in  404 404 404 200 404 404 404 404 404 404 404 404
get  observation-version:observation,first      in  404 404 404 200 404 404 404 404 404 404 404 404
get  sheet-photos:sheet                         in  404 404 404 200 404 404 404 404 404 404 404 404
post remove-observation-photo:draft_photo_uid   in  404 404 404 302 404 404 404 404 404 404 404 404
get  observation-photo:photo_uid                in  404 404 200 200 404 404 404 404 404 404 404 404
get  small-observation-photo:photo_uid          in  404 404 200 200 404 404 404 404 404 404 404 404
get  observation-photo:draft_photo_uid          in  404 404 404 200 404 404 404 404 404 404 404 404
# --- R
get  prepare:planned                            in  404 403 200 200 403 403 200 404 404 404 404 404
post prepare:planned                            in  404 403 302 403 403 403 403 404 404 404 404 404
get  reflect:held                               in  404 403 200 403 403 403 403 404 404 404 404 404
post reflect:unreflected                        in  404 302 403 403 403 403 404 404 404 404 404 404
get  give-feedback:held                         in  404 200 403 200 200 302 200 404 404 404 404 404
post give-feedback:unreflected                  in  404 403 302 302 302 302 404 404 404 404 404 404
get  all-feedback:held                          in  404 200 200 200 200 200 200 404 404 404 404 404
get  feedback:feedback                          in  404 404 200 404 404 200 404 404 404 404 404 404
post thank:feedback                             in  404 404 302 404 404 403 404 404 404 404 404 404
post share-feedback:feedback                    in  404 404 302 404 404 403 404 404 404 404 404 404
post unshare-feedback:feedback,reader            in  404 404 302 404 404 403 404 404 404 404 404 404
get  promise:held                               in  404 403 200 200 403 200 200 404 404 404 404 404
post promise:held                               in  404 403 403 403 403 403 403 404 404 404 404 404
post complete-follow-up:follow_up               in  404 404 302 403 404 403 403 404 404 404 404 404
get  change-follow-up:follow_up                 in  404 404 200 403 404 403 403 404 404 404 404 404
post change-follow-up:follow_up                 in  404 404 302 403 404 403 403 404 404 404 404 404
get  drop-follow-up:follow_up                   in  404 404 200 403 404 403 403 404 404 404 404 404
post drop-follow-up:follow_up                   in  404 404 302 403 404 403 403 404 404 404 404 404
# --- T
get  threads                                    in  200 200 200 200 200 200 200 200 200 200 200 200
get  open-thread                                in  200 200 200 200 200 200 200 200 200 200 200 200
post open-thread                                in  422 302 302 302 302 302 422 422 422 422 422 422
get  thread:thread                              in  404 200 200 200 200 200 404 404 404 404 404 404
get  thread-clock:thread                        in  404 200 200 200 200 200 404 404 404 404 404 404
get  thread:paired                              in  404 200 200 200 200 200 404 404 404 404 404 404
post think:thread                               in  404 302 302 302 302 302 404 404 404 404 404 404
post end-thinking:thread                        in  404 403 403 403 302 403 404 404 404 404 404 404
post begin-sharing:paired                       in  404 403 403 403 302 403 404 404 404 404 404 404
post add-time:thread                            in  404 403 403 403 302 403 404 404 404 404 404 404
get  thread:arranged                            in  404 200 200 200 200 200 404 404 404 404 404 404
post lock-pair:arranged,number_one              in  404 403 403 403 302 403 404 404 404 404 404 404
post unlock-pair:arranged,number_one            in  404 403 403 403 302 403 404 404 404 404 404 404
post swap-people:arranged                       in  404 403 403 403 422 403 404 404 404 404 404 404
post repropose-pairs:arranged                   in  404 403 403 403 302 403 404 404 404 404 404 404
post open-pairs:arranged                        in  404 403 403 403 302 403 404 404 404 404 404 404
post mark-absent:thread                         in  404 302 302 302 302 302 404 404 404 404 404 404
post end-absence:thread                         in  404 302 302 302 302 302 404 404 404 404 404 404
get  past-talk:pair                             in  404 404 404 404 404 404 404 404 404 404 404 404
post close-thread:sharing                       in  404 403 403 403 302 403 404 404 404 404 404 404
post conclude-thread:unanswered                 in  404 403 403 403 302 403 404 404 404 404 404 404
get  pair:pair                                  in  404 200 404 200 404 404 404 404 404 404 404 404
post say:pair                                   in  404 302 404 302 404 404 404 404 404 404 404 404
get  pair-news:pair                             in  404 200 404 200 404 404 404 404 404 404 404 404
get  pair-ticket:pair                           in  404 200 404 200 404 404 404 404 404 404 404 404
post mark-read:pair                             in  404 204 404 204 404 404 404 404 404 404 404 404
get  pair-live:room_token                       200 200 200 200 200 200 200 200 200 200 200 200 200
get  pair-live:x                                403 403 403 403 403 403 403 403 403 403 403 403 403
get  talk-file:talk_file                        in  404 200 404 200 404 404 404 404 404 404 404 404
get  small-talk-file:talk_file                  in  404 200 404 200 404 404 404 404 404 404 404 404
post edit-card:pair                             in  404 302 404 302 404 404 404 404 404 404 404 404
post share-card:pair                            in  404 302 404 302 404 404 404 404 404 404 404 404
get  wall:sharing                               in  404 200 200 200 200 200 404 404 404 404 404 404
get  wall:thread                                in  404 302 302 302 302 302 404 404 404 404 404 404
get  thread:sharing                             in  404 200 200 200 200 200 404 404 404 404 404 404
get  pick-cards:sharing                         in  404 403 403 403 200 403 404 404 404 404 404 404
post pick-cards:sharing                         in  404 403 403 403 302 403 404 404 404 404 404 404
post mark-card:card                             in  404 302 302 302 302 302 404 404 404 404 404 404
post mark-card:merged_card                      in  404 403 403 403 403 403 404 404 404 404 404 404
post mark-card:unshared_card                    in  404 404 404 404 404 404 404 404 404 404 404 404
get  merge-cards:card                           in  404 403 403 403 200 403 404 404 404 404 404 404
post merge-cards:card                           in  404 403 403 403 302 403 404 404 404 404 404 404
post part-card:merged_card                      in  404 403 403 403 302 403 404 404 404 404 404 404
get  problems                                   in  200 200 200 200 200 200 200 200 200 200 200 200
get  similar-problems                           in  200 200 200 200 200 200 200 200 200 200 200 200
get  problem:card                               in  404 200 200 200 200 200 404 404 404 404 404 404
get  problem:merged_card                        in  404 200 200 200 200 200 404 404 404 404 404 404
get  problem:unshared_card                      in  404 404 404 404 404 404 404 404 404 404 404 404
post try-card:card                              in  404 403 302 302 302 302 404 404 404 404 404 404
get  tell-outcome:trial                         in  404 200 403 403 403 403 404 404 404 404 404 404
post tell-outcome:trial                         in  404 302 403 403 403 403 404 404 404 404 404 404
post take-back-trial:trial                      in  404 302 403 403 403 403 404 404 404 404 404 404
# --- KESRAKU
get  gardens                                    200 200 200 200 200 200 200 200 200 200 200 200 200
get  start-garden                               in  200 200 200 200 200 200 200 200 200 200 200 200
get  garden:garden                              200 200 200 200 200 200 200 200 200 200 200 200 200
get  edit-garden:garden                         in  200 200 200 200 200 200 200 200 200 200 200 200
post edit-garden:garden                         in  403 403 302 403 403 403 403 403 302 302 403 403
post end-garden:garden                          in  403 403 302 403 403 403 403 403 302 302 403 403
post resume-garden:ended                        in  403 403 302 403 403 403 403 403 302 302 403 403
post record-harvest:garden                      in  403 403 302 403 403 403 403 403 302 302 403 403
post remove-harvest:harvest                     in  403 403 302 403 403 403 403 403 302 302 403 403
get  link-garden:planned                        in  404 200 200 200 200 200 200 404 404 404 404 404
post link-garden:planned                        in  404 403 302 403 302 403 403 404 404 404 404 404
"""
# What is sent with a POST, so that only the person decides about the answer; @ names a thing.
SENT = {
    "read-notices": {},
    "read-notices-here": {"path": "/"},
    "set-language": {"language": "en"},
    "decide-join": {"answer": "accept"},
    "answer-invitation": {"answer": "coming"},
    "calendar-feeds": {"group": "@group"},
    "check-in": {"code": "00000x"},
    "add-guest": {
        "guest-name": "Andi",
        "guest-institution": "Dinas",
        "guest-submission": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    },
    "rsvp": {"answer": "coming"},
    "invite-guest": {"name": "Sitti Rahma", "institution": "BPMP"},
    "comment": {"body": "Terima kasih."},
    "delete-comment": {"withdrawn_because": "Ada nama murid."},
    "withdraw-post": {"withdrawn_because": "Ada nama murid."},
    "change-audience": {"audience": "district", "because": "Untuk guru."},
    "see-feed": {"newest": 1},
    "read-feed": {"newest": 1},
    "report-post": {"reason": "rude"},
    "report-comment": {"reason": "rude"},
    "answer-comment": {"body": "Sama."},
    "edit-comment": {"body": "Sama."},
    "decide-report": {"outcome": "kept"},
    "hand-over-place": {"to": "@core"},
    "set-task": {"task": "Kelompok 1–2"},
    "plan-comments": {"body": "Kartu peran belum ada."},
    "record-harvest": {"on": "@today", "grams": "1,5"},
    "complete-follow-up": {"effort": "Di kelas 8.", "result": "Murid bertanya."},
    "change-follow-up": {"reason": "Hilang.", "commitment": "Nomor meja.", "due_on": "@today"},
    "drop-follow-up": {"reason": "Pindah kelas."},
    "share-feedback": {"reader": "@member"},
    "think": {"text": "Beri waktu."},
    "close-thread": {"conclusion": "Beri waktu."},
    "conclude-thread": {"conclusion": "Beri waktu."},
    "say": {"text": "Halo."},
    "edit-card": {"revision": "0", "attempt": "Tunggu tujuh detik."},
    "share-card": {"revision": "0", "problem": "Diam.", "attempt": "Tunggu tujuh detik."},
    "mark-card": {"kind": "agree", "on": "1"},
    "merge-cards": {"cards": "@other_card"},
    "pick-cards": {"cards": "@card"},
    "tell-outcome": {"outcome": "Meja 5 bertanya."},
    "edit-post": {
        "kind": "information",
        "title": "Kol ungu",
        "body": "Cukup.",
        "audience": "group",
    },
    "edit-garden": {
        "name": "Kebun V",
        "crop": "@crop",
        "planted_on": "@today",
        "families": "2",
    },
    "link-garden": {"garden": "@garden"},
    "correct-clock": {"started_at": "@now", "reason": "Salah tekan."},
    "ask-question": {"text": "Mengapa?"},
    "mark-answered": {"question": "@question"},
    "minutes": {"revision": "1", "proceedings": "Pembukaan."},
    "add-decision": {"text": "Cetak kartu."},
    "reopen-session": {"reason": "Ada yang belum tercatat."},
    "cancel-session": {"cancel_reason": "Jalan putus."},
    "choose-focus": {"instrument": "@instrument", "indicator": "@indicator"},
    "make-instrument": {
        "group": "@group",
        "name": "Lembar",
        "minutes": "9",
        "source": "Kami",
        "valid_from": "@today",
    },
    "copy-instrument": {"group": "@group", "name": "Lembar"},
    "edit-instrument": {"name": "Lembar", "minutes": "9", "source": "Kami", "valid_from": "@today"},
    "add-aspect": {"name": "Penutup"},
    "edit-aspect": {"name": "Penutup"},
    "add-indicator": {"name": "Refleksi"},
    "edit-indicator": {"name": "Refleksi"},
    "add-item": {"text": "Apa?", "kind": "text", "evidence": "never"},
    "edit-item": {"text": "Apa?", "kind": "text", "evidence": "never"},
    "add-scale": {"name": "Ada", "label-0": "Tidak", "label-1": "Ada"},
    "edit-scale": {"name": "Ada", "label-0": "Tidak", "label-1": "Ada"},
    "start-sheet": {"instrument": "@instrument", "indicator": "@indicator"},
    "prepare": {"target": "Semua murid bicara."},
    "reflect": {"target": "a", "went_well": "b", "not_yet": "c", "learned": "d"},
    "give-feedback": {
        "appreciation": "Meja 11 bicara lebih dulu.",
        "seen": "Empat murid menjawab berbeda.",
        "suggestion": "Beri nomor.",
        "act": "give",
    },
    "promise": {"commitment": "Kartu peran.", "due_on": "@today"},
    "edit-cycle": {
        "theme": "Bertanya",
        "problem": "Murid diam.",
        "starts_on": "@today",
        "ends_on": "@today",
    },
    "open-thread": {
        "group": "@group",
        "title": "Murid diam",
        "problem": "Lalu sepi.",
        "pace": "days",
        "matching": "complement",
        "think_ends_at": "@in_3_days",
        "pair_ends_at": "@in_7_days",
        "share_ends_at": "@in_10_days",
    },
    "count-reach": {"channel": "whatsapp"},
    "preview-post": {"body": "Kol."},
    "save-draft": {"submission": "7c9e6679-7425-40de-944b-e07fc1f90ae8", "title": "Kol"},
    "share-post": {
        "group": "@group",
        "kind": "information",
        "title": "Kol",
        "body": "Cukup.",
        "audience": "group",
    },
    "invite-person": {"person": "@kepsek", "role": "resource_person"},
}
ROWS = matrix.rows(TABLE)

pytestmark = pytest.mark.django_db


def test_every_address_is_in_the_table():
    wanted = matrix.names(of="frontend") | matrix.names(of="allauth")

    assert wanted - {row.name for row in ROWS} == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_everyone_is_answered_as_the_table_says(world: World, row: Row):
    assert [_in_words(world, row, who) for who in WHO] == list(row.expected)


def _in_words(world: World, row: Row, who: str) -> str:
    answer = matrix.answered(world, row, who, sent=SENT.get(row.name, {}))
    is_sent_away = answer.headers.get("Location", "").startswith(reverse("account_login"))
    return "in" if is_sent_away else str(answer.status_code)


def test_admin_opens_to_the_superuser_alone(world: World):
    index = reverse("admin:index")

    opened = [who for who in WHO if world.client(who).get(index).status_code == 200]

    assert opened == ["super"]


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
@pytest.mark.parametrize(("who", "status"), [("super", 200), ("chair", 302), ("dinas", 302)])
def test_admin_is_for_staff_alone(world: World, model, who: str, status: int):
    meta = model._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")

    assert world.client(who).get(url).status_code == status
