"""What breaks, and what holds all the same: rows of a matrix of faults, each with its test.

A test is named after its row: test_row_21_…; one of several rows names all of them. Of letters and
the clock:

    13  worker killed at random       test_storm, test_killed; at full size `make faults`
    14  dies after any step           test_crash_points: the sender, and the sweeps that write
    15  told to stop; a deploy        test_without_workers
    16  child killed for its memory   test_killed
    17  slept three times its lease   test_killed
    18  two beats, five beats         test_killed, test_sweeps
    19  beat dead for six hours       test_sweeps
    20  beat stands still             test_clock
    21  421                           test_mail_server
    22  450, 452                      test_mail_server
    23  550 to 554                    test_mail_server
    24  login refused                 test_mail_server
    25  silence after the letter      test_mail_server
    26  line cut in a letter          test_backlog
    27  no TLS                        test_encryption
    28  wrong certificate             test_encryption
    29  slow server                   partners/post/test_delivery
    30  server away for a day         test_backlog, test_mail_server
    31  letter that cannot be sent    partners/post/test_delivery
    32  reader changed meanwhile      partners/post/test_delivery, test_claims
    33  broker killed, none at all    test_broker
    34  broker hangs                  test_broker
    35  broker flushed                test_broker
    36  broker full, read-only, shut  test_broker
    37  slow broker                   test_broker
    38  database restarted            test_database; `make faults` restarts its own
    39  connection killed             test_database
    40  database away                 test_database
    41  no free connection            test_database
    49  clock jumps                   test_sweeps, partners/post/test_delivery
    50  the hour that is left out     test_sweeps
    51  the hour that comes twice     test_sweeps, northstar/test_celery
    52  leap day                      learning/reminders/test_due
    53  moved over such a night       test_sweeps
    54  New Year, week 53             learning/reminders/test_due
"""
