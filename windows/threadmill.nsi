; SPDX-License-Identifier: GPL-3.0-or-later
; The installer: for this user alone, so that no administrator is needed. windows/package.py passes
; VERSION, SIZE_KIB, ICON, OUTPUT and FILES, where the lists of the files are.
Unicode true
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma

!include MUI2.nsh
!include FileFunc.nsh

!define APP "Threadmill"
!define TYPE "Threadmill.Document"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"

Name "${APP}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
BrandingText "${APP} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${APP}, the installer"
VIAddVersionKey "CompanyName" "The Threadmill project"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\bin\threadmill.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "PortugueseBR"
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "SimpChinese"

; Explorer shows the icon of documents at once.
!macro REFRESH_ICONS
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section "${APP}"
  ; What an older version had and this one has not must not stay.
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  StrCmp $0 "" fresh
  IfFileExists "$0\uninstall.exe" 0 fresh
  ExecWait '"$0\uninstall.exe" /S _?=$0'
fresh:
  !include "${FILES}/install.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  SetOutPath "$INSTDIR\bin"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\bin\threadmill.exe"

  WriteRegStr HKCU "Software\Classes\.threadmill" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\.threadmill" "Content Type" "application/x-threadmill+json"
  WriteRegStr HKCU "Software\Classes\.threadmill\OpenWithProgids" "${TYPE}" ""
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "${APP} document"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\bin\threadmill.exe,1"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\bin\threadmill.exe" "%1"'
  !insertmacro REFRESH_ICONS

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\bin\threadmill.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Threadmill project"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE_KIB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  SetOutPath "$TEMP"
  ; The session bus of a window that was just closed runs on for some seconds, and what runs cannot
  ; be deleted before the next start of the system.
  StrCpy $1 60
running:
  IfFileExists "$INSTDIR\bin\gdbus.exe" 0 ended
  ClearErrors
  FileOpen $0 "$INSTDIR\bin\gdbus.exe" a
  IfErrors 0 closed
  Sleep 500
  IntOp $1 $1 - 1
  IntCmp $1 0 ended ended running
closed:
  FileClose $0
ended:
  !include "${FILES}/remove.nsh"
  Delete "$INSTDIR\uninstall.exe"
  RMDir /REBOOTOK "$INSTDIR"
  Delete "$SMPROGRAMS\${APP}.lnk"
  ; The extension stays with a program that has taken it since.
  ReadRegStr $0 HKCU "Software\Classes\.threadmill" ""
  StrCmp $0 "${TYPE}" 0 +2
  DeleteRegKey HKCU "Software\Classes\.threadmill"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  !insertmacro REFRESH_ICONS
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
