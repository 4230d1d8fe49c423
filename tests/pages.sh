#!/bin/sh
# Looks at the pages of HTML and the workbooks that are written, as a browser and a spreadsheet program see them: a line a file.
#
#   tests/pages.sh FOLDER
#
# Of each page: nothing runs over the edge of A4, text has a contrast of 4.5 or more, nothing is fetched, and it prints to so many pages of
# A4. Of each workbook: LibreOffice opens it, with as many charts as it was written with. Wants chromium, pdfinfo (poppler-utils),
# unzip and soffice (LibreOffice). Ends with 1 if anything is wrong. What it prints stays beside the files, as NAME.pdf.
set -u
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$1" && pwd) || exit 2
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT
bad=0
browser() {
    chromium --headless --no-sandbox --disable-gpu --user-data-dir="$place/browser" --allow-file-access-from-files "$@" 2>"$place/err"
}
charts() {
    unzip -l "$1" 2>/dev/null | grep -c 'charts/chart[0-9]*\.xml'
}
for page in "$folder"/*.html; do
    [ -e "$page" ] || continue
    sed "s|PAGE|file://$page|" "$here/pages/look.html" >"$place/look.html"
    browser --virtual-time-budget=10000 --dump-dom "file://$place/look.html" >"$place/found"
    browser --print-to-pdf="${page%.html}.pdf" --no-pdf-header-footer "file://$page" >/dev/null
    size=$(pdfinfo "${page%.html}.pdf" 2>/dev/null | sed -n 's/^Page size: *//p')
    pages=$(pdfinfo "${page%.html}.pdf" 2>/dev/null | sed -n 's/^Pages: *//p')
    wrong=$(sed -n 's/.*\(PROBLEM .*\)/\1/p' "$place/found" | sed 's/<.*//' | head -5)
    case "$size" in *A4*) ;; *) wrong="$wrong PROBLEM not A4: $size" ;; esac
    grep -q LOOKED "$place/found" || [ -n "$wrong" ] || wrong="PROBLEM the browser did not look at it"
    [ -z "$wrong" ] || bad=1
    echo "${page##*/}: ${pages:-no} pages${wrong:+: $wrong}"
done
for book in "$folder"/*.xlsx; do
    [ -e "$book" ] || continue
    rm -rf "$place/again"
    soffice --headless "-env:UserInstallation=file://$place/office" --convert-to xlsx --outdir "$place/again" "$book" >/dev/null 2>&1
    written=$(charts "$book")
    opened=$(charts "$place/again/${book##*/}")
    if [ ! -e "$place/again/${book##*/}" ]; then
        bad=1
        echo "${book##*/}: PROBLEM LibreOffice does not open it"
    elif [ "$written" != "$opened" ]; then
        bad=1
        echo "${book##*/}: PROBLEM $written charts written, $opened opened"
    else
        echo "${book##*/}: opened, $opened charts"
    fi
done
exit $bad
