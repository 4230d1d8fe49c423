//! A pattern of each flat file: its headings and a few made-up rows.

use crate::exchange::kind::Kind;

/// The pattern of a kind of flat file. It imports as it stands.
pub fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Pupils => {
            "admission_no,upn,surname,forename,preferred_surname,preferred_forename,year,tutor_group,tutor,room,household,\
             date_of_birth,sex,house,first_language,address,address_2,postcode,from,until\n\
             004127,B942400025001,Khan,Amira,,,8,8KM,Mrs Kemp,B12,Khan 14 Mill Lane,2014-03-12,F,Oak,Urdu,14 Mill Lane,Ulverby,\
             ZZ99 1AA,2025-09-03,\n\
             003982,Q942400025002,O'Neill-Smith,Zoë,O'Neill,,10,10RT,Mr Roberts,S4,,2011-11-30,F,Elm,English,2 Station Road,\
             Ulverby,ZZ99 2BB,2023-09-04,\n"
        }
        Kind::Contacts => {
            "admission_no,order,name,relationship,phone,phone_2,email,language,parental_responsibility,address,address_2,\
             postcode,do_not_contact,note\n\
             004127,1,Mrs Khan,mother,07700 900123,01632 960123,s.khan@example.org,Urdu,yes,,,,no,interpreter\n\
             004127,2,Mr Khan,father,07700 900456,,,,yes,3 Quay Street,Ulverby,ZZ99 3CC,no,works nights\n"
        }
        Kind::Flags => {
            "admission_no,flags\n\
             004127,EAL FSM\n\
             003982,CP SW SEN\n"
        }
        Kind::Calendar => {
            "kind,name,from,until,at,am_opens,am_closes,am_ends,pm_opens,pm_closes,pm_ends\n\
             term,Autumn 1,2026-09-02,2026-10-23,,,,,,,\n\
             inset,Staff training,2026-09-02,,,,,,,,\n\
             early-end,Sports day,2026-09-18,,12:00,,,,,,\n\
             times,Exam week,2026-10-05,2026-10-09,,09:30,09:50,12:30,13:20,13:40,15:10\n"
        }
        Kind::Marks => {
            "admission_no,date,session,code,minutes,by\n\
             004127,2026-09-08,AM,/,,Mrs Kemp\n\
             004127,2026-09-08,PM,L,12,Mrs Kemp\n"
        }
        Kind::Lessons => {
            "admission_no,date,period,class,teacher,room,code,minutes\n\
             004127,2026-09-08,1,8KM Maths,Ms Ali,R4,/,\n\
             004127,2026-09-08,2,8KM Art,Mr Orme,B12,,\n"
        }
        Kind::Arrangements => {
            "admission_no,code,title,days,from,until,review,phone,note\n\
             004127,W,Harbour Garage,fri pm,2026-09-11,2027-07-16,2027-02-12,01632 960123,minibus 12:45\n\
             003982,W,Harbour Garage,fri pm,2026-09-11,2027-07-16,2027-02-12,01632 960123,minibus 12:45\n\
             004127,V,Museum,,2026-10-06,,,,\n"
        }
        Kind::Calls => {
            "admission_no,date,session,result,time,contact,phone,response,note,back\n\
             004127,2026-09-08,AM,aware,09:31,Mrs Khan,07700 900123,text reply,\"has a cold, back tomorrow\",2026-09-09\n\
             003982,2026-09-08,AM,no-answer,09:33,Mr O'Neill,07700 900789,,,\n"
        }
        Kind::Arrivals => {
            "admission_no,date,arrived,left,reason\n\
             004127,2026-09-08,08:57,,bus\n\
             003982,2026-09-08,,11:20,dentist\n"
        }
        Kind::Messages => {
            "received,channel,admission_no,name,class,from,until,reason,by,relationship,number,words\n\
             2026-09-08 07:58,message,004127,Amira Khan,8KM,2026-09-08,2026-09-08,illness,Mrs Khan,mother,07700 900123,sore throat\n\
             2026-09-08 08:11,telephone,,Zoë O'Neill-Smith,10RT,,,,,,,\"dentist at 10, back for lunch\"\n"
        }
    }
}
