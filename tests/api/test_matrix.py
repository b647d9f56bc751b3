"""Every address of the API × everyone. A new route must come into the table."""

import pytest

from tests import matrix
from tests.matrix import WHO, Row, World

pytestmark = pytest.mark.django_db

# The columns are those of tests/frontend/test_matrix.py. 401 says to sign in first; what a person
# may not read is 404, or 400 where it is named in what is sent; what a person may read but not
# change is 403 with the reason.
TABLE = """
#                                           nob new mem mod obs cha cor pen oth kep din out sup
# --- signing in, what the API is
get    api-root                             401 200 200 200 200 200 200 200 200 200 200 200 200
get    api-schema                           302 200 200 200 200 200 200 200 200 200 200 200 200
get    api-docs                             302 200 200 200 200 200 200 200 200 200 200 200 200
post   api-token                            400 400 400 400 400 400 400 400 400 400 400 400 400
delete api-token                            401 204 204 204 204 204 204 204 204 204 204 204 204
# --- accounts, schools
get    api-me                               401 200 200 200 200 200 200 200 200 200 200 200 200
patch  api-me                               401 200 200 200 200 200 200 200 200 200 200 200 200
get    person-list                          401 200 200 200 200 200 200 200 200 200 200 200 200
get    person-detail:person                 401 404 200 200 200 200 200 200 200 200 200 200 200
get    school-list                          401 200 200 200 200 200 200 200 200 200 200 200 200
get    school-detail:school                 401 200 200 200 200 200 200 200 200 200 200 200 200
get    subject-list                         401 200 200 200 200 200 200 200 200 200 200 200 200
get    subject-detail:subject               401 200 200 200 200 200 200 200 200 200 200 200 200
get    phase-list                           401 200 200 200 200 200 200 200 200 200 200 200 200
get    phase-detail:phase                   401 200 200 200 200 200 200 200 200 200 200 200 200
# --- groups
get    group-list                           401 200 200 200 200 200 200 200 200 200 200 200 200
get    group-detail:group                   401 200 200 200 200 200 200 200 200 200 200 200 200
patch  group-detail:group                   401 403 403 403 403 200 403 403 403 403 200 403 403
post   group-ask:group                      401 400 403 403 403 403 403 201 201 201 201 201 201
post   group-leave:group                    401 403 204 204 204 403 204 403 403 403 403 403 403
post   group-appoint-guide:group            401 400 403 403 403 201 403 403 403 403 403 403 403
get    group-fairness:group                 401 403 403 403 403 200 403 403 403 403 403 403 403
get    group-coverage:group                 401 403 403 403 403 200 403 403 403 403 403 403 403
get    group-programme:group                401 404 200 200 200 200 200 200 404 404 404 404 404
get    group-copy-programme:group           401 404 403 403 403 200 403 403 404 404 404 404 404
post   group-copy-programme:group           401 404 403 403 403 400 403 403 404 404 404 404 404
post   group-hand-over:group                401 400 403 403 403 201 403 403 403 403 201 403 403
get    membership-list                      401 200 200 200 200 200 200 200 200 200 200 200 200
get    membership-detail:guide              401 404 200 200 200 200 200 404 404 404 200 404 404
post   membership-dismiss:guide             401 404 403 403 403 200 403 404 404 404 403 404 404
get    join-request-list                    401 200 200 200 200 200 200 200 200 200 200 200 200
get    join-request-detail:request          401 200 404 404 404 200 404 404 404 404 404 404 404
post   join-request-accept:request          401 403 404 404 404 200 404 404 404 404 404 404 404
post   join-request-decline:request         401 403 404 404 404 200 404 404 404 404 404 404 404
get    invitation-list                      401 200 200 200 200 200 200 200 200 200 200 200 200
post   invitation-list                      401 403 403 403 403 201 403 403 403 403 403 403 403
get    invitation-detail:invitation         401 404 404 404 404 200 404 404 404 404 404 404 404
post   invitation-accept                    401 201 403 403 403 403 403 201 201 201 201 201 201
post   invitation-revoke:invitation         401 404 404 404 404 200 404 404 404 404 404 404 404
get    cycle-list                           401 200 200 200 200 200 200 200 200 200 200 200 200
get    cycle-detail:cycle                   401 404 200 200 200 200 200 404 404 404 200 404 404
patch  cycle-detail:cycle                   401 404 403 403 403 200 403 404 404 404 403 404 404
post   cycle-close:cycle                    401 404 403 403 403 200 403 404 404 404 403 404 404
# --- S
# --- S
get    post-list                            401 200 200 200 200 200 200 200 200 200 200 200 200
post   post-list                            401 403 201 201 201 201 201 403 403 403 403 403 403
get    post-detail:post                     401 404 200 200 200 200 200 404 404 404 404 404 404
patch  post-detail:post                     401 404 200 403 403 403 403 404 404 404 404 404 404
get    post-versions:post                   401 404 200 200 200 200 200 404 404 404 404 404 404
get    post-history:post                    401 404 200 404 404 200 404 404 404 404 404 404 404
get    session-post-list                    401 200 200 200 200 200 200 200 200 200 200 200 200
post   session-post-list                    401 400 201 403 403 201 403 400 400 400 400 400 400
get    session-post-detail:session_link     401 404 200 200 200 200 200 404 404 404 404 404 404
delete session-post-detail:session_link     401 404 204 403 403 204 403 404 404 404 404 404 404
get    garden-post-list                     401 200 200 200 200 200 200 200 200 200 200 200 200
post   garden-post-list                     401 400 201 403 403 201 403 400 400 400 400 400 400
get    garden-post-detail:garden_link       401 404 200 200 200 200 200 404 404 404 404 404 404
delete garden-post-detail:garden_link       401 404 204 204 403 204 403 404 404 404 404 404 404
get    draft-list                           401 200 200 200 200 200 200 200 200 200 200 200 200
post   draft-list                           401 201 201 201 201 201 201 201 201 201 201 201 201
get    draft-detail:writing                 401 404 200 404 404 404 404 404 404 404 404 404 404
delete draft-detail:writing                 401 404 204 404 404 404 404 404 404 404 404 404 404
post   post-withdraw:post                   401 404 200 403 403 200 403 404 404 404 404 404 404
post   post-restore:withdrawn               401 404 200 404 404 403 404 404 404 404 404 404 404
post   post-audience:public                 401 403 200 403 403 200 403 403 403 403 403 403 403
post   post-move:post                       401 404 200 403 403 403 403 404 404 404 404 404 404
post   post-react:post                      401 404 403 200 200 200 200 404 404 404 404 404 404
post   post-take-back:post                  401 404 403 200 200 200 200 404 404 404 404 404 404
post   post-follow:post                     401 404 200 200 200 200 200 404 404 404 404 404 404
post   post-mute:post                       401 404 200 200 200 200 200 404 404 404 404 404 404
get    post-mine:post                       401 404 200 200 200 200 200 404 404 404 404 404 404
post   post-read:post                       401 404 204 204 204 204 204 404 404 404 404 404 404
post   post-seen                            401 204 204 204 204 204 204 204 204 204 204 204 204
post   post-read-all                        401 204 204 204 204 204 204 204 204 204 204 204 204
post   post-endorse:worksheet               401 404 403 403 403 403 200 404 404 404 404 404 404
post   post-take-back-endorsement:worksheet 401 404 403 403 403 403 403 404 404 404 404 404 404
patch  comment-detail:comment               401 404 403 403 200 403 403 404 404 404 404 404 404
delete comment-detail:comment               401 404 403 403 204 204 403 404 404 404 404 404 404
get    report-list                          401 200 200 200 200 200 200 200 200 200 200 200 200
post   report-list                          401 400 403 201 201 201 201 400 400 400 400 400 400
get    report-detail:report                 401 404 404 404 200 200 404 404 404 404 404 404 404
post   report-decide:report                 401 404 404 404 403 200 404 404 404 404 404 404 404
get    comment-list                         401 200 200 200 200 200 200 200 200 200 200 200 200
get    reach-list                           401 404 404 404 404 404 404 404 404 404 200 404 404
post   reach-list                           401 204 204 204 204 204 204 204 204 204 204 204 204
post   comment-list                         401 400 201 201 201 201 201 400 400 400 400 400 400
get    comment-detail:comment               401 404 200 200 200 200 200 404 404 404 404 404 404
get    post-preview:post                    401 404 404 404 404 404 404 404 404 404 404 404 404
get    attachment-list                      401 200 200 200 200 200 200 200 200 200 200 200 200
get    attachment-detail:attachment_key     401 404 200 200 200 200 200 404 404 404 404 404 404
get    attachment-thumbnail:picture_key     401 404 200 200 200 200 200 404 404 404 404 404 404
get    attachment-content:attachment_key    401 404 200 200 200 200 200 404 404 404 404 404 404
delete attachment-detail:attachment_key     401 404 204 403 403 403 403 404 404 404 404 404 404
# --- M
get    session-list                         401 200 200 200 200 200 200 200 200 200 200 200 200
get    session-detail:planned               401 404 200 200 200 200 200 200 404 404 404 404 404
patch  session-detail:planned               401 404 403 200 403 200 403 403 404 404 404 404 404
post   session-cancel:planned               401 404 403 403 403 200 403 403 404 404 404 404 404
post   session-hold:begun                   401 404 200 403 403 200 403 404 404 404 404 404 404
post   session-invite:planned               401 404 403 201 403 201 403 403 404 404 404 404 404
post   session-attendance:begun             401 404 403 403 403 200 403 404 404 404 404 404 404
post   session-check-in:begun               401 404 400 400 200 400 400 404 404 404 404 404 404
get    check-in-list                        401 200 200 200 200 200 200 200 200 200 200 200 200
get    check-in-detail:check_in             401 404 200 200 200 200 200 404 404 404 404 404 404
post   session-focus:planned                401 404 403 200 403 200 403 403 404 404 404 404 404
get    session-lesson-plan:planned          401 404 200 200 200 200 200 200 404 404 404 404 404
post   session-join:planned                 401 404 403 403 403 403 403 403 404 404 404 404 404
post   session-take-place:planned           401 404 403 403 403 403 403 403 404 404 404 404 404
post   participation-leave-place:observing  401 404 403 403 200 403 403 403 404 404 404 404 404
post   participation-hand-over:observing    401 404 403 200 200 200 403 403 404 404 404 404 404
post   participation-task:observing         401 404 403 200 403 200 403 403 404 404 404 404 404
get    session-paperwork:planned            401 404 403 403 403 200 403 403 404 404 404 404 404
patch  session-paperwork:planned            401 404 403 403 403 200 403 403 404 404 404 404 404
get    session-file-list                    401 200 200 200 200 200 200 200 200 200 200 200 200
get    session-file-detail:material         401 404 200 200 200 200 200 404 404 404 404 404 404
get    session-file-detail:signed           401 404 404 404 404 200 404 404 404 404 404 404 404
delete session-file-detail:material         401 404 403 403 403 204 403 404 404 404 404 404 404
delete session-file-detail:signed           401 404 404 404 404 403 404 404 404 404 404 404 404
get    session-file-content:material        401 404 200 200 200 200 200 404 404 404 404 404 404
get    lesson-plan-list                     401 200 200 200 200 200 200 200 200 200 200 200 200
get    lesson-plan-detail:version           401 404 200 200 200 200 200 200 404 404 404 404 404
get    lesson-plan-content:version          401 404 200 200 200 200 200 200 404 404 404 404 404
get    plan-comment-list                    401 200 200 200 200 200 200 200 200 200 200 200 200
post   plan-comment-list                    401 400 201 201 201 201 201 403 400 400 400 400 400
get    plan-comment-detail:remark           401 404 200 200 200 200 200 200 404 404 404 404 404
get    series-list                          401 200 200 200 200 200 200 200 200 200 200 200 200
post   series-list                          401 403 403 403 403 201 403 403 403 403 403 403 403
get    series-detail:series                 401 404 200 200 200 200 200 404 404 404 404 404 404
patch  series-detail:series                 401 404 403 403 403 200 403 404 404 404 404 404 404
post   series-cancel:series                 401 404 403 403 403 200 403 404 404 404 404 404 404
get    participation-list                   401 200 200 200 200 200 200 200 200 200 200 200 200
get    participation-detail:invited         401 404 200 200 200 200 200 200 404 404 404 404 404
post   session-guests:planned               401 404 403 201 403 201 403 403 404 404 404 404 404
post   session-revoke-links:planned         401 404 403 204 403 204 403 403 404 404 404 404 404
post   participation-link:invited           401 404 403 200 403 200 403 403 404 404 404 404 404
post   participation-revoke-link:invited    401 404 403 204 403 204 403 403 404 404 404 404 404
post   participation-uninvite:invited       401 404 403 204 403 204 403 403 404 404 404 404 404
post   participation-answer:invited         401 404 200 403 403 403 403 403 404 404 404 404 404
get    session-calendar:planned             401 404 200 200 200 200 200 200 404 404 404 404 404
get    api-calendar                         401 400 400 400 400 400 400 400 400 400 400 400 400
get    calendar-feed-list                   401 200 200 200 200 200 200 200 200 200 200 200 200
post   calendar-feed-list                   401 403 201 201 201 201 201 403 403 403 403 403 403
get    calendar-feed-detail:feed            401 404 200 404 404 404 404 404 404 404 404 404 404
post   calendar-feed-revoke:feed            401 404 200 404 404 404 404 404 404 404 404 404 404
get    session-live:begun                   401 404 200 200 200 200 200 404 404 404 404 404 404
post   session-start-clock:begun            401 404 400 403 403 400 403 404 404 404 404 404 404
post   session-correct-clock:begun          401 404 200 403 403 200 403 404 404 404 404 404 404
get    session-minutes:begun                401 404 200 200 200 200 200 404 404 404 404 404 404
put    session-minutes:begun                401 404 403 403 403 200 403 404 404 404 404 404 404
post   session-take-pen:begun               401 404 403 403 403 200 403 404 404 404 404 404 404
post   session-close:begun                  401 404 403 403 403 200 403 404 404 404 404 404 404
post   session-reopen:closed                401 404 403 403 403 200 403 404 404 404 404 404 404
get    question-list                        401 200 200 200 200 200 200 200 200 200 200 200 200
post   question-list                        401 400 201 201 201 201 201 400 400 400 400 400 400
get    question-detail:question             401 404 200 200 200 200 200 404 404 404 404 404 404
delete question-detail:question             401 404 403 403 204 403 403 404 404 404 404 404 404
post   question-answered:question           401 404 200 403 403 200 403 404 404 404 404 404 404
get    decision-list                        401 200 200 200 200 200 200 200 200 200 200 200 200
post   decision-list                        401 400 403 403 403 201 403 400 400 400 400 400 400
get    decision-detail:decision             401 404 200 200 200 200 200 404 404 404 404 404 404
delete decision-detail:decision             401 404 403 403 403 204 403 404 404 404 404 404 404
get    minutes-revision-list                401 200 200 200 200 200 200 200 200 200 200 200 200
get    minutes-revision-detail:stray        401 404 404 404 404 200 404 404 404 404 404 404 404
post   minutes-revision-settle:stray        401 404 404 404 404 200 404 404 404 404 404 404 404
# --- A
get    instrument-list                      401 200 200 200 200 200 200 200 200 200 200 200 200
get    instrument-detail:instrument         401 200 200 200 200 200 200 200 200 200 200 200 200
post   instrument-list                      401 403 403 403 403 400 403 403 403 403 403 403 403
post   instrument-from-xlsform              401 415 415 415 415 415 415 415 415 415 415 415 415
get    instrument-detail:blueprint          401 404 404 404 404 200 404 404 404 404 404 404 404
delete instrument-detail:blueprint          401 404 404 404 404 204 404 404 404 404 404 404 404
delete instrument-detail:tool               401 404 403 403 403 403 403 404 404 404 403 404 404
get    instrument-content:tool              401 404 200 200 200 200 200 404 404 404 200 404 404
put    instrument-content:blueprint         401 404 404 404 404 400 404 404 404 404 404 404 404
put    instrument-content:tool              401 404 403 403 403 403 403 404 404 404 403 404 404
get    instrument-xlsform:tool              401 404 200 200 200 200 200 404 404 404 200 404 404
post   instrument-publish:blueprint         401 404 404 404 404 200 404 404 404 404 404 404 404
post   instrument-retire:tool               401 404 403 403 403 200 403 404 404 404 403 404 404
post   instrument-renew:tool                401 404 403 403 403 201 403 404 404 404 403 404 404
post   instrument-copy:tool                 401 404 403 403 403 201 403 404 404 404 403 404 404
get    observation-list                     401 200 200 200 200 200 200 200 200 200 200 200 200
post   observation-list                     401 400 403 403 201 403 201 400 400 400 400 400 400
get    session-results:held                  401 404 200 200 200 200 200 200 404 404 404 404 404
get    session-voices:held                   401 404 200 200 200 200 200 200 404 404 404 404 404
get    observation-detail:observation       401 404 404 200 200 404 404 404 404 404 404 404 404
patch  observation-detail:sheet             401 404 404 404 200 404 404 404 404 404 404 404 404
post   observation-submit:sheet             401 404 404 404 200 404 404 404 404 404 404 404 404
get    sheet-list                           401 200 200 200 200 200 200 200 200 200 200 200 200
get    sheet-detail:sheet_uid               401 404 404 404 200 404 404 404 404 404 404 404 404
put    sheet-detail:sheet_uid               401 404 403 403 200 403 403 404 404 404 404 404 404
get    photo-detail:photo_uid               401 404 404 404 200 404 404 404 404 404 404 404 404
get    photo-content:photo_uid              401 404 404 200 200 404 404 404 404 404 404 404 404
get    photo-content:draft_photo_uid        401 404 404 404 200 404 404 404 404 404 404 404 404
get    observation-submissions:observation  401 404 404 200 200 404 404 404 404 404 404 404 404
patch  photo-detail:photo_uid               401 404 404 404 415 404 404 404 404 404 404 404 404
# --- R
get    preparation-list                     401 200 200 200 200 200 200 200 200 200 200 200 200
post   preparation-list                     401 400 403 201 403 403 403 403 400 400 400 400 400
get    preparation-detail:preparation       401 404 404 200 200 404 404 200 404 404 404 404 404
get    reflection-list                      401 200 200 200 200 200 200 200 200 200 200 200 200
post   reflection-list                      401 400 201 403 403 403 403 400 400 400 400 400 400
get    reflection-detail:reflection         401 404 404 200 404 404 404 404 404 404 404 404 404
get    feedback-list                        401 200 200 200 200 200 200 200 200 200 200 200 200
get    feedback-detail:feedback             401 404 404 200 404 404 200 404 404 404 404 404 404
get    feedback-private-note:feedback       401 404 404 200 404 404 200 404 404 404 404 404 404
post   feedback-give:draft                  401 404 404 404 404 404 200 404 404 404 404 404 404
post   feedback-thank:feedback              401 404 404 200 404 404 403 404 404 404 404 404 404
post   feedback-share:feedback              401 404 404 204 404 404 403 404 404 404 404 404 404
post   feedback-unshare:feedback            401 404 404 204 404 404 403 404 404 404 404 404 404
get    api-supervision                      401 404 404 404 404 404 404 200 200 404 404 404 404
post   visit-list                           401 400 400 400 400 400 400 400 400 400 400 400 400
get    api-growth                           401 200 200 200 200 200 200 200 200 200 200 200 200
get    growth-link-list                     401 200 200 200 200 200 200 200 200 200 200 200 200
post   growth-link-list                     401 400 400 400 400 400 400 400 400 400 400 400 400
get    growth-link-detail:growth_link       401 404 404 200 404 404 404 404 404 404 404 404 404
post   growth-link-revoke:growth_link       401 404 404 200 404 404 404 404 404 404 404 404 404
get    follow-up-list                       401 200 200 200 200 200 200 200 200 200 200 200 200
get    follow-up-detail:follow_up           401 404 404 200 200 404 200 200 404 404 404 404 404
post   follow-up-complete:follow_up         401 404 404 200 403 404 403 403 404 404 404 404 404
post   follow-up-change:follow_up           401 404 404 201 403 404 403 403 404 404 404 404 404
post   follow-up-drop:follow_up             401 404 404 200 403 404 403 403 404 404 404 404 404
# --- T
get    thread-list                          401 200 200 200 200 200 200 200 200 200 200 200 200
post   thread-list                          401 403 201 201 201 201 201 403 403 403 403 403 403
get    thread-detail:thread                 401 404 200 200 200 200 200 404 404 404 404 404 404
get    thread-cards:paired                  401 404 200 200 200 200 200 404 404 404 404 404 404
post   thread-end-thinking:thread           401 404 403 403 403 200 403 404 404 404 404 404 404
post   thread-begin-sharing:paired          401 404 403 403 403 200 403 404 404 404 404 404 404
post   thread-add-time:thread               401 404 403 403 403 200 403 404 404 404 404 404 404
get    thread-proposals:arranged            401 404 403 403 403 200 403 404 404 404 404 404 404
post   thread-lock-pair:arranged            401 404 403 403 403 200 403 404 404 404 404 404 404
post   thread-unlock-pair:arranged          401 404 403 403 403 200 403 404 404 404 404 404 404
post   thread-swap-people:arranged          401 404 403 403 403 400 403 404 404 404 404 404 404
post   thread-repropose-pairs:arranged      401 404 403 403 403 200 403 404 404 404 404 404 404
post   thread-open-pairs:arranged           401 404 403 403 403 200 403 404 404 404 404 404 404
post   thread-mark-absent:thread            401 404 204 204 204 204 204 404 404 404 404 404 404
post   thread-end-absence:thread            401 404 204 204 204 204 204 404 404 404 404 404 404
post   thread-close:sharing                 401 404 403 403 403 200 403 404 404 404 404 404 404
post   thread-conclude:unanswered           401 404 403 403 403 200 403 404 404 404 404 404 404
get    thought-list                         401 200 200 200 200 200 200 200 200 200 200 200 200
post   thought-list                         401 400 201 201 201 201 201 400 400 400 400 400 400
get    thought-detail:thought               401 404 200 404 200 404 404 404 404 404 404 404 404
get    pair-list                            401 200 200 200 200 200 200 200 200 200 200 200 200
get    pair-detail:pair                     401 404 200 404 200 404 404 404 404 404 404 404 404
post   pair-read:pair                       401 404 200 404 200 404 404 404 404 404 404 404 404
get    pair-card:pair                       401 404 200 404 200 404 404 404 404 404 404 404 404
patch  pair-card:pair                       401 404 200 404 200 404 404 404 404 404 404 404 404
post   pair-share-card:pair                 401 404 400 404 400 404 404 404 404 404 404 404 404
get    message-list                         401 200 200 200 200 200 200 200 200 200 200 200 200
post   message-list                         401 400 201 400 201 400 400 400 400 400 400 400 400
get    message-detail:message               401 404 200 404 200 404 404 404 404 404 404 404 404
get    problem-list                         401 200 200 200 200 200 200 200 200 200 200 200 200
get    problem-detail:card                  401 404 200 200 200 200 200 404 404 404 404 404 404
get    problem-detail:unshared_card         401 404 404 404 404 404 404 404 404 404 404 404 404
post   problem-mark:card                    401 404 200 200 200 200 200 404 404 404 404 404 404
post   problem-merge:card                   401 404 400 400 400 400 400 404 404 404 404 404 404
post   problem-part:merged_card             401 404 403 403 403 200 403 404 404 404 404 404 404
post   problem-pick                         401 400 403 403 403 400 403 400 400 400 400 400 400
get    problem-became:card                  401 404 200 200 200 200 200 404 404 404 404 404 404
post   problem-became:card                  401 404 403 403 403 200 403 404 404 404 404 404 404
get    trial-list                           401 200 200 200 200 200 200 200 200 200 200 200 200
post   trial-list                           401 400 403 201 201 201 201 400 400 400 400 400 400
get    trial-detail:trial                   401 404 200 200 200 200 200 404 404 404 404 404 404
patch  trial-detail:trial                   401 404 200 403 403 403 403 404 404 404 404 404 404
delete trial-detail:trial                   401 404 204 403 403 403 403 404 404 404 404 404 404
# --- KESRAKU
get    crop-list                            401 200 200 200 200 200 200 200 200 200 200 200 200
get    crop-detail:crop                     401 200 200 200 200 200 200 200 200 200 200 200 200
get    garden-list                          401 200 200 200 200 200 200 200 200 200 200 200 200
post   garden-list                          401 403 201 201 201 201 201 201 201 201 201 201 403
get    garden-detail:garden                 401 200 200 200 200 200 200 200 200 200 200 200 200
patch  garden-detail:garden                 401 403 403 200 403 403 403 403 403 200 200 403 403
post   garden-end:garden                    401 403 403 200 403 403 403 403 403 200 200 403 403
post   garden-resume:ended                  401 403 403 200 403 403 403 403 403 200 200 403 403
post   garden-link:garden                   401 400 403 200 403 200 403 403 400 400 400 400 400
post   garden-unlink:garden                 401 400 403 204 403 204 403 403 400 400 400 400 400
get    harvest-list                         401 200 200 200 200 200 200 200 200 200 200 200 200
post   harvest-list                         401 403 403 201 403 403 403 403 403 201 201 403 403
get    harvest-detail:harvest               401 200 200 200 200 200 200 200 200 200 200 200 200
delete harvest-detail:harvest               401 403 403 204 403 403 403 403 403 204 204 403 403
# --- notices
get    notice-list                          401 200 200 200 200 200 200 200 200 200 200 200 200
get    notice-detail:notice                 401 404 200 404 404 404 404 404 404 404 404 404 404
post   notice-read:notice                   401 404 200 404 404 404 404 404 404 404 404 404 404
post   notice-read-at                       401 204 204 204 204 204 204 204 204 204 204 204 204
post   notice-read-all                      401 204 204 204 204 204 204 204 204 204 204 204 204
"""
# What is sent, by method and name, so that only the person decides about the answer.
SENT = {
    "patch api-me": {"name": "Nama Baru"},
    "post notice-read-at": {"path": "/"},
    "patch group-detail": {"name": "MGMP Baru"},
    "post group-appoint-guide": {"person": "@member", "role": "core_teacher"},
    "post group-hand-over": {
        "chair": "@member",
        "starts_on": "@today",
        "ends_on": "2099-12-31",
        "decree": "800/1/2026",
    },
    "post invitation-list": {"group": "@group"},
    "post invitation-accept": {"token": "@token"},
    "patch cycle-detail": {"theme": "Bertanya lagi"},
    "post cycle-close": {"reflection": "Murid bertanya."},
    "post post-list": {"group": "@group", "title": "Kol", "body": "Cukup.", "audience": "group"},
    "post session-post-list": {"session": "@planned", "post": "@post"},
    "post garden-post-list": {"garden": "@garden", "post": "@post"},
    "post draft-list": {"words": {"title": "Kol"}},
    "patch post-detail": {"title": "Kol ungu"},
    "post post-withdraw": {"withdrawn_because": "Ada nama murid."},
    "post post-move": {"cycle": "@cycle"},
    "post post-audience": {"audience": "district", "because": "Untuk guru."},
    "post post-react": {"kind": "used"},
    "post post-take-back": {"kind": "used"},
    "post post-seen": {"newest": 1},
    "post post-read-all": {"newest": 1},
    "delete comment-detail": {"withdrawn_because": "Ada nama murid."},
    "patch comment-detail": {"body": "Sama."},
    "post report-list": {"post": "@post", "reason": "rude"},
    "post report-decide": {"outcome": "kept"},
    "post comment-list": {"post": "@post", "body": "Terima kasih."},
    "patch session-detail": {"place": "Aula"},
    "post series-list": {
        "group": "@group",
        "kind": "sharing",
        "title": "Berbagi",
        "place": "Aula",
        "starts_at": "2031-01-09T14:00:00+08:00",
        "ends_at": "2031-01-09T16:00:00+08:00",
        "rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=2",
        "despite": ["holiday", "weekday", "school-hours", "sunday", "prayer", "school"],
    },
    "patch series-detail": {"session": "@occurrence", "scope": "all", "title": "Lain"},
    "post series-cancel": {"session": "@occurrence", "scope": "all", "reason": "Ujian."},
    "post session-cancel": {"reason": "Jalan putus.", "cancel_reason": "Jalan putus."},
    "post session-invite": {"person": "@kepsek", "role": "resource_person"},
    "post session-attendance": {"attendance": {}},
    # Nobody guesses a code: who may check in is told that it is wrong.
    "post session-check-in": {"code": "00000x"},
    "post session-correct-clock": {"started_at": "@now", "reason": "Salah tekan."},
    "put session-minutes": {"revision": 1, "proceedings": "Pembukaan."},
    "post session-reopen": {"reason": "Ada yang belum tercatat."},
    "post question-list": {"session": "@begun", "text": "Mengapa?"},
    "post decision-list": {"session": "@begun", "text": "Cetak kartu."},
    "post instrument-list": {"group": "@group", "content": {}},
    "post instrument-copy": {"group": "@group", "name": "Salinan"},
    "post session-focus": {"indicator": "@indicator"},
    "post participation-answer": {"answer": "coming"},
    "post session-guests": {"name": "Sitti Rahma", "institution": "BPMP"},
    "post participation-hand-over": {"to": "@core"},
    "post participation-task": {"task": "Kelompok 1–2"},
    "post plan-comment-list": {"plan": "@version", "body": "Kartu peran belum ada."},
    "post calendar-feed-list": {"group": "@group"},
    "post observation-list": {"session": "@begun"},
    "patch observation-detail": {"answers": []},
    "put sheet-detail": {
        "session": "@unreflected",
        "device": "4f1d7a52-9a6e-4d0e-8f0e-2b7c1a9d3e10",
        "sequence": 1,
        # The sheet was begun, and a photo was added.
        "base": 2,
        "sent_at": "@now",
        "started_at": "@now",
        "act": "save",
        "answers": [],
        "notes": [],
        "photos": [],
    },
    "post garden-list": {
        "name": "Kebun VI",
        "crop": "@crop",
        "planted_on": "@today",
        "families": 1,
    },
    "patch garden-detail": {"name": "Kebun VI"},
    "post garden-link": {"session": "@planned"},
    "post garden-unlink": {"session": "@held"},
    "post harvest-list": {"garden": "@garden", "on": "@today", "grams": 500},
    "post preparation-list": {"session": "@planned", "target": "Semua murid bicara."},
    "post reflection-list": {
        "session": "@unreflected",
        "target": "a",
        "went_well": "b",
        "not_yet": "c",
        "learned": "d",
    },
    "post feedback-list": {"session": "@unreflected", "appreciation": "a"},
    "post feedback-share": {"reader": "@member"},
    "post feedback-unshare": {"reader": "@member"},
    "post follow-up-list": {
        "session": "@unreflected",
        "commitment": "Kartu peran.",
        "due_on": "@today",
    },
    "post follow-up-complete": {"effort": "Di kelas 8.", "result": "Murid bertanya."},
    "post follow-up-change": {
        "reason": "Hilang.",
        "commitment": "Nomor meja.",
        "due_on": "@today",
    },
    "post follow-up-drop": {"reason": "Pindah kelas."},
    "post reach-list": {"post": "@public", "channel": "copy"},
    "post thread-list": {
        "group": "@group",
        "title": "Murid diam",
        "problem": "Lalu sepi.",
        "think_ends_at": "@in_3_days",
        "pair_ends_at": "@in_7_days",
        "share_ends_at": "@in_10_days",
    },
    "post thread-lock-pair": {"number": 1},
    "post thread-unlock-pair": {"number": 1},
    "post thread-swap-people": {"one": "@member", "other": "@member"},
    "post thread-close": {"conclusion": "Beri waktu."},
    "post thread-conclude": {"conclusion": "Beri waktu."},
    "post thought-list": {"thread": "@thread", "text": "Beri waktu."},
    "post pair-read": {"up_to": 0},
    "patch pair-card": {"revision": 0, "attempt": "Tunggu tujuh detik."},
    "post problem-mark": {"kind": "agree"},
    "post problem-pick": {"thread": "@sharing", "cards": []},
    "post problem-became": {"cycle": "@cycle"},
    "post trial-list": {"card": "@card"},
    "patch trial-detail": {"outcome": "Meja 5 bertanya."},
    "post message-list": {"pair": "@pair", "text": "Halo."},
}
ROWS = matrix.rows(TABLE)


def test_every_route_is_in_the_table():
    assert matrix.names(of="api") - {row.name for row in ROWS} == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_everyone_is_answered_as_the_table_says(world: World, row: Row):
    sent = SENT.get(f"{row.method} {row.name}", {})
    answers = (matrix.answered(world, row, who, sent=sent, as_json=True) for who in WHO)

    assert [str(answer.status_code) for answer in answers] == list(row.expected)
