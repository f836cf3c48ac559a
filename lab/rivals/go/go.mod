module prise.dev/rivals

go 1.19
