//! A made-up school in both versions of OneRoster.

use chrono::NaiveDate;

use crate::domain::incoming::{IncomingPupil, Said};
use crate::domain::people::details::Sex;
use crate::exchange::Read;
use crate::exchange::support::*;

const ORGS: &[u8] =
    b"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,active,,Mill Lane High,school,,\n";

const USERS_1_1: &[u8] = b"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n\
p1,,,true,o1,student,ak,{UPN:B942400025001},Amira,Khan,,004127,,,,\"g1,g2\",08,\n\
p2,,,true,o1,student,zk,,Zaid,Khan,,Q942400025002,,,,g1,R,\n\
p3,,,false,o1,student,lo,,Lee,Osei,,lee@example.org,,,,\"g9,t1\",KG,\n\
p4,,,true,o1,student,no,,Nia,Osei,,,,,,,9,\n\
p5,tobedeleted,,true,o1,student,xx,,Gone,Girl,,,,,,,9,\n\
g1,,,true,o1,parent,,,Sara,Khan,,,s@example.org,07700 900123,,,,\n\
g2,,,true,o1,guardian,,,Imran,Khan,,,,07700 900777,020 7946 0001,,,\n\
g3,,,true,o1,relative,,,Ama,Osei,,,,,,\"p3,p4\",,\n\
t1,,,true,o1,teacher,,,Jane,Kemp,,,k@example.org,,,,,\n\
t2,,,true,o1,teacher,,,Tom,Roe,,,,,,,,\n\
a1,,,true,o1,administrator,,,Sam,Marsh,,,,,,,,\n\
z1,,,true,o1,wizard,,,Odd,Body,,,,,,,,\n\
p1,,,true,o1,student,,,Second,Khan,,,,,,,,\n";

const CLASSES: &[u8] = b"sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n\
c1,,,8KM,08,,8KM,homeroom,B12,o1,,,,\nc2,,,Maths 8,08,,8MA1,scheduled,,o1,,,,\nc3,,,V1,\"08,09\",,,homeroom,,o1,,,,\n";

const ENROLLMENTS: &[u8] =
    b"sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n\
e1,,,c1,o1,p1,student,,2026-09-02,2027-07-21\n\
e2,,,c2,o1,p1,student,,,\n\
e3,,,c1,o1,p2,student,,,2026-10-01\n\
e4,,,c3,o1,p2,student,,2026-10-02,\n\
e5,,,c1,o1,t2,teacher,false,,\n\
e6,,,c1,o1,t1,teacher,true,,\n\
e7,,,c3,o1,nobody,student,,,\n\
e8,,,c3,o1,p5,student,,,\n\
e9,tobedeleted,,c3,o1,p3,student,,,\n\
e10,,,c3,o1,p1,student,,2025-09-02,\n\
e11,,,c9,o1,p3,student,,,\n\
e12,tobedeleted,,c9,o1,p3,student,,,\n";

fn pupil<'r>(read: &'r Read, id: &str) -> &'r IncomingPupil {
    let known = |pupil: &&IncomingPupil| pupil.key.source_id.as_deref() == Some(id);
    read.incoming.pupils.iter().map(|(_, pupil)| pupil).find(known).unwrap()
}

fn warnings(read: &Read) -> String {
    read.warnings.iter().map(|one| format!("{}:{} {}\n", one.place.file, one.place.line, one.text)).collect()
}

fn version_1_1() -> Read {
    read_files(&[
        ("manifest.csv", b"propertyName,value\noneroster.version,1.1\n"),
        ("orgs.csv", ORGS),
        ("users.csv", USERS_1_1),
        ("classes.csv", CLASSES),
        ("enrollments.csv", ENROLLMENTS),
        (
            "demographics.csv",
            b"sourcedId,birthDate,sex\np1,2013-01-01,female\nt1,1980-01-01,female\np2,2040-01-01,unspecified\n",
        ),
    ])
    .unwrap()
}

#[test]
fn pupils_and_their_numbers() {
    let read = version_1_1();
    assert_eq!(read.files, ["users.csv", "demographics.csv", "orgs.csv", "classes.csv", "enrollments.csv"]);
    assert_eq!(read.incoming.pupils.len(), 4);
    let amira = pupil(&read, "p1");
    assert_eq!((amira.surname.as_str(), amira.forename.as_str(), amira.year), ("Khan", "Amira", Some(8)));
    assert_eq!(amira.key.admission_no.as_deref(), Some("004127"));
    assert_eq!(amira.key.upn.as_deref(), Some("B942400025001"));
    let zaid = pupil(&read, "p2");
    assert_eq!((zaid.key.admission_no.as_deref(), zaid.key.upn.as_deref()), (None, Some("Q942400025002")));
    assert_eq!(zaid.year, Some(0));
    let born = NaiveDate::from_ymd_opt(2013, 1, 1).unwrap();
    assert_eq!((&amira.date_of_birth, &amira.sex), (&Said::Value(born), &Said::Value(Sex::Female)));
    assert_eq!((&zaid.date_of_birth, &zaid.sex), (&Said::Nothing, &Said::Nothing));
    assert_eq!(pupil(&read, "p3").date_of_birth, Said::Nothing, "of whom the file says nothing");
    assert_eq!(pupil(&read, "p3").key.admission_no, None);
    let wanted = [
        (13, "this role is not one of OneRoster's"),
        (14, "line 2 already has this sourcedId"),
        (8, "there is nobody with this sourcedId in users.csv"),
        (12, "there is no class with this sourcedId in classes.csv: have both files exported together"),
    ];
    assert_eq!(reasons(&read), wanted);
}

#[test]
fn tutor_groups_are_the_homerooms() {
    let read = version_1_1();
    let groups: Vec<_> = read.incoming.groups.iter().map(|(_, group)| group).collect();
    assert_eq!(groups.len(), 2);
    assert_eq!((groups[0].name.as_str(), groups[0].year), ("8KM", Some(8)));
    assert_eq!((groups[0].tutor.as_deref(), groups[0].room.as_deref()), (Some("Jane Kemp"), Some("B12")));
    assert_eq!((groups[1].name.as_str(), groups[1].year), ("V1", None));
    let group = |id| pupil(&read, id).group.as_deref();
    assert_eq!((group("p1"), group("p2"), group("p3")), (Some("8KM"), Some("V1"), None));
    let staff: Vec<_> = read.incoming.staff.iter().map(|(_, one)| (one.name.as_str(), one.post.as_deref())).collect();
    let wanted = [("Jane Kemp", "teacher"), ("Tom Roe", "teacher"), ("Sam Marsh", "administrator")];
    assert_eq!(staff, wanted.map(|(name, post)| (name, Some(post))));
}

#[test]
fn contacts_and_households_from_both_sides() {
    let read = version_1_1();
    let contacts: Vec<_> = read
        .incoming
        .contacts
        .iter()
        .map(|(_, one)| {
            let pupil = one.pupil.source_id.as_deref().unwrap();
            format!(
                "{pupil} {} {} {} {}",
                one.order,
                one.name,
                one.relationship,
                one.phones.as_ref().map(|all| all.join(" or ")).filter(|all| !all.is_empty()).as_deref().unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(
        contacts,
        [
            "p1 1 Sara Khan parent 07700 900123",
            "p1 2 Imran Khan guardian 020 7946 0001 or 07700 900777",
            "p2 1 Sara Khan parent 07700 900123",
            "p3 1 Ama Osei relative -",
            "p4 1 Ama Osei relative -",
        ]
    );
    let home = |id| pupil(&read, id).household.as_deref();
    assert_eq!((home("p1"), home("p2")), (Some("g1"), Some("g1")));
    assert_eq!((home("p3"), home("p4")), (Some("g3"), Some("g3")));
}

#[test]
fn what_is_odd_is_said() {
    let text = warnings(&version_1_1());
    for wanted in [
        "users.csv:6 Gone Girl is marked tobedeleted",
        "demographics.csv:4 the date of birth was left out: it is still to come",
        "demographics.csv:4 “unspecified” is neither F nor M",
        "users.csv:4 enabledUser is false",
        "users.csv:4 grade “KG”",
        "users.csv:4 agentSourcedIds names g9",
        "Jane Kemp is an agent of pupils",
        "enrollments.csv:10 this enrolment is marked tobedeleted",
        "enrollments.csv:11 this pupil is enrolled in two tutor groups: 8KM is kept, V1 is not",
    ] {
        assert!(text.contains(wanted), "{wanted} in\n{text}");
    }
}

const USERS_1_2: &[u8] = b"sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,primaryOrgSourcedId,metadata.upn,preferredGivenName,preferredFamilyName\n\
p1,,,true,,,Amira,Khan,,4127,,,,g1,07,,,o1,B942400025001,Mira,\n\
p2,,,true,,,Old,Leaver,,4128,,,,,11,,,o1,TEMP,,\n\
g1,,,true,,,Sara,Khan,,,,,1,,,,,,,,\n\
x1,,,true,,,No,Body,,,,,,,,,,,,,\n";

const ROLES: &[u8] = b"sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n\
r1,,,p1,primary,student,2026-09-02,,o1,\n\
r2,,,p2,primary,student,2021-09-02,2026-07-21,o1,\n\
r3,,,g1,primary,teacher,,,o1,\n\
r4,,,g1,secondary,parent,,,o1,\n\
r5,,,zz,primary,student,,,o1,\n";

#[test]
fn version_1_2_in_a_zip_with_a_folder() {
    let packed = zip(&[
        ("export/users.csv", USERS_1_2),
        ("export/roles.csv", ROLES),
        ("export/orgs.csv", ORGS),
        ("export/flags.csv", b"admission_no,flags\n4127,CP\n"),
    ]);
    let read = read_path(packed.path().to_owned()).unwrap();
    assert_eq!(read.incoming.pupils.len(), 2);
    let (amira, old) = (pupil(&read, "p1"), pupil(&read, "p2"));
    assert_eq!((amira.key.upn.as_deref(), amira.key.admission_no.as_deref()), (Some("B942400025001"), Some("4127")));
    assert_eq!((&amira.preferred_forename, &amira.preferred_surname), (&Said::Value("Mira".to_owned()), &Said::None));
    assert_eq!(amira.from.map(|from| from.to_string()).as_deref(), Some("2026-09-02"));
    assert_eq!(old.until.map(|until| until.to_string()).as_deref(), Some("2026-07-21"));
    assert_eq!((read.incoming.staff.len(), read.incoming.contacts.len(), read.incoming.flags.len()), (1, 1, 1));
    assert_eq!(read.rejects.len(), 2, "{:?}", reasons(&read));
    let text = warnings(&read);
    assert!(text.contains("no class is of type homeroom") && text.contains("“TEMP”"), "{text}");
}

#[test]
fn an_export_without_users_is_a_fault() {
    let fault = read_files(&[("manifest.csv", b"propertyName,value\n"), ("orgs.csv", ORGS)]).unwrap_err();
    assert!(fault.to_string().contains("has no users.csv"));
    let fault = read_files(&[("orgs.csv", ORGS), ("users.csv", b"id,name\n1,x\n")]).unwrap_err();
    assert_eq!(fault.to_string(), "users.csv has no column “sourcedId”");
}

#[test]
fn a_stand_in_guardian_makes_no_household() {
    let mut users = String::from("sourcedId,givenName,familyName,role,agentSourcedIds\ng,Children's,Home,guardian,\n");
    for pupil in 0..11 {
        users += &format!("p{pupil},A,B,student,g\n");
    }
    let read = read_files(&[("users.csv", users.as_bytes()), ("orgs.csv", ORGS)]).unwrap();
    assert!(read.incoming.pupils.iter().all(|(_, pupil)| pupil.household.is_none()));
    assert_eq!(read.incoming.contacts.len(), 11);
    assert!(warnings(&read).contains("guardian of 11 pupils"));
}

#[test]
fn pupils_of_two_schools_are_said() {
    let orgs = [ORGS, b"o2,active,,Hill High,school,,\n"].concat();
    let users = b"sourcedId,givenName,familyName,role,orgSourcedIds\na,A,A,student,o1\nb,B,B,student,o2\n";
    let read = read_files(&[("users.csv", users), ("orgs.csv", &orgs)]).unwrap();
    assert!(warnings(&read).contains("more than one school (Hill High, Mill Lane High)"));
}

#[test]
fn an_export_of_school_data_sync_is_refused_by_its_name() {
    let users =
        b"sourcedId,orgSourcedIds,givenName,familyName,username,password,role,grade\n1,9,Ora,Quill,oq,x,Student,6\n";
    let orgs = b"sourcedId,name,type,parentSourcedId\n9,Mill Lane,school,\n";
    let oneroster = b"sourcedId,givenName,familyName,role\n1,Ora,Quill,student\n";
    let classes = b"sourcedId,orgSourcedId,title\nc,9,8QZ\n";
    let roles = b"userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary\n1,9,student,,6,true\n";
    let exports: [&[(&str, &[u8])]; 4] = [
        &[("users.csv", users), ("orgs.csv", orgs)],
        &[("users.csv", oneroster), ("orgs.csv", orgs), ("Classes.csv", classes)],
        &[("users.csv", oneroster), ("orgs.csv", orgs), ("roles.csv", roles)],
        &[("School.csv", b"SIS ID,Name\n"), ("Section.csv", b"SIS ID\n"), ("Student.csv", b"SIS ID\n")],
    ];
    for files in exports {
        let fault = read_files(files).unwrap_err().to_string();
        assert!(fault.contains("is an export of Microsoft School Data Sync (SDS), not of OneRoster"), "{fault}");
    }
}
